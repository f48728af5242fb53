using Voice.Core.Providers;

namespace Voice.Core.Replay;

internal sealed class LoggedTranslator(ITranslator inner, SessionLog log) : ITranslator
{
    public const string Stage = "translation";

    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
    {
        var call = log.Call(Stage);
        try
        {
            var translated = await inner.TranslateAsync(text, from, to, cancellationToken);
            log.Provider(new ProviderEntry(Stage, call, "end") { Text = translated });
            return translated;
        }
        catch (Exception exception)
        {
            log.Provider(ProviderFailures.Of(Stage, call, exception));
            throw;
        }
    }
}
