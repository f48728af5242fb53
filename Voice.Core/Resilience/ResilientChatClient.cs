using Microsoft.Extensions.AI;
using Voice.Core.Tools;

namespace Voice.Core.Resilience;

/// <summary>Falls back until the first text or tool call; after that the reply has begun and can only end.</summary>
internal sealed class ResilientChatClient(IChatClient inner, ProviderChain chain) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => chain.StreamAsync(
            (model, token) => InnerClient.GetStreamingResponseAsync(messages, With(options, model), token),
            static update => update.Contents.Any(content => content is TextContent { Text.Length: > 0 } or FunctionCallContent or ToolCallDelta),
            chain.Options.FirstText, mayBeEmpty: false, cancellationToken);

    /// <summary>Owned by whoever gave it to the conversation.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    private static ChatOptions With(ChatOptions? options, string? model)
    {
        var own = options?.Clone() ?? new ChatOptions();
        own.ModelId = model;
        return own;
    }
}
