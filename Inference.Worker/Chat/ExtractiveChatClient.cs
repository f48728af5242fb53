using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Voice.Inference.Chat;

/// <summary>
/// The chat model that needs no model: answers with sentences of the agent's own knowledge, found by retrieval; as a companion it reflects
/// what it heard and asks on. It makes nothing up, because it cannot.
/// </summary>
internal sealed class ExtractiveChatClient : IChatClient
{
    public const string ModelName = "extractive";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Reply(messages, options))) { FinishReason = ChatFinishReason.Stop });

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var word in ReplyStream.Words(Reply(messages, options)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, word);
        }

        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    private static string Reply(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var conversation = ReplyContext.From(messages, options);
        return conversation.Mode == ReplyContext.Companion ? CompanionReply.To(conversation) : AgentReply.To(conversation);
    }
}
