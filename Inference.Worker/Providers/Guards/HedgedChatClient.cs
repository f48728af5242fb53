using Microsoft.Extensions.AI;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Guards;

/// <param name="first">Asked.</param>
/// <param name="second">Asked as well where the first is late.</param>
internal sealed class HedgedChatClient(ChainedChatClient first, ChainedChatClient second, ProviderCandidate candidate, ProviderHedges hedges) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> asked = [.. messages];
        return hedges.RunAsync(
            candidate, token => first.GetStreamingResponseAsync(asked, options, token), token => second.GetStreamingResponseAsync(asked, options, token), cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The providers live as long as the program.
    }
}
