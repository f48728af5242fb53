using Microsoft.Extensions.AI;
using Voice.Core.Resilience;
using Voice.Core.Tools;

namespace Voice.Inference.Providers.Routing;

/// <summary>Falls back until the first text or tool call.</summary>
internal sealed class ChainedChatClient(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => chain.StreamAsync(
            (rank, token) => candidates[rank].Entry.Provider.Chat!.GetStreamingResponseAsync(messages, With(options, candidates[rank].Model), token),
            static update => update.FinishReason is not null
                || update.Contents.Any(content => content is TextContent { Text.Length: > 0 } or FunctionCallContent or ToolCallDelta),
            rank => chain.Patience(rank, candidates[rank].Entry.Settings, chain.Options.FirstText),
            mayBeEmpty: true, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The providers live as long as the program.
    }

    private static ChatOptions With(ChatOptions? options, string? model)
    {
        var own = options?.Clone() ?? new ChatOptions();
        own.ModelId = model;
        return own;
    }
}
