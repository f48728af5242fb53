using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

internal sealed class ScriptedTranslator : ITranslator
{
    public bool Failing { get; set; }

    public ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken) =>
        Failing ? throw new ProviderException("unsupported_language", "scripted failure") : new($"[{from}-{to}] {text}");
}
