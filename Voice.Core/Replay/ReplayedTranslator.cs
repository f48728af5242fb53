using Voice.Core.Providers;

namespace Voice.Core.Replay;

internal sealed class ReplayedTranslator(RecordedCalls calls) : ITranslator
{
    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
    {
        var translated = string.Empty;
        await foreach (var entry in calls.PlayAsync(cancellationToken))
        {
            translated = entry.Text ?? translated;
        }

        return translated;
    }
}
