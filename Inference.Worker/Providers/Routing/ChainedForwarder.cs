using System.Text.Json.Nodes;
using Voice.Core.Resilience;

namespace Voice.Inference.Providers.Routing;

/// <summary>Passes a chat completion on to the first that takes it.</summary>
internal sealed class ChainedForwarder(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain)
{
    /// <summary>The answer of the one that took it, to be disposed by the caller.</summary>
    public Task<HttpResponseMessage> SendAsync(JsonObject request, CancellationToken cancellationToken) => chain.RunAsync(
        (rank, token) =>
        {
            var candidate = candidates[rank];
            return candidate.Entry.Provider.Forwarder!.SendAsync(request, candidate.Model ?? candidate.Entry.Settings.Model, token);
        },
        0, retry: true, cancellationToken);
}
