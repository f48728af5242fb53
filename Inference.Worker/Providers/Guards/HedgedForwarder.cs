using System.Text.Json.Nodes;
using Voice.Inference.Providers.Routing;
using Voice.Inference.Upstream;

namespace Voice.Inference.Providers.Guards;

/// <summary>As <see cref="HedgedChatClient"/>, for requests that are passed on whole.</summary>
internal sealed class HedgedForwarder(ChainedForwarder first, ChainedForwarder second, ProviderCandidate candidate, ProviderHedges hedges)
{
    public IAsyncEnumerable<ForwardedPart> SendAsync(JsonObject request, CancellationToken cancellationToken) =>
        hedges.RunAsync(candidate, token => first.SendAsync(request, token), token => second.SendAsync(request, token), cancellationToken);
}
