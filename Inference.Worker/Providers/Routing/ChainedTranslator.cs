using Voice.Core.Providers;
using Voice.Core.Resilience;

namespace Voice.Inference.Providers.Routing;

internal sealed class ChainedTranslator(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain) : ITranslator
{
    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken) => await chain.RunAsync(
        async (rank, token) => await candidates[rank].Entry.Provider.Translator!.TranslateAsync(text, from, to, token), 0, retry: true, cancellationToken);
}
