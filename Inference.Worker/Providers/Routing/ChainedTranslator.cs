using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Providers.Routing;

internal sealed class ChainedTranslator(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain, ProviderCalls calls) : ITranslator
{
    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken) => await chain.RunAsync(
        (rank, token) => calls.OnceAsync(
            candidates[rank], stop => candidates[rank].Entry.Provider.Translator!.TranslateAsync(text, from, to, stop), call => call.Characters = text.Length, token),
        0, retry: true, cancellationToken);
}
