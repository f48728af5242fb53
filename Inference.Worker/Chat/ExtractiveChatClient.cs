using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;

namespace Voice.Inference.Chat;

/// <summary>
/// The chat model that needs no model: answers with sentences of the agent's own knowledge, found by retrieval; as a companion it reflects
/// what it heard and asks on. It makes nothing up, because it cannot.
/// </summary>
internal sealed class ExtractiveChatClient : IChatClient
{
    public const string ModelName = "extractive";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Refuse(options);
        var words = ReplyStream.Words(Cut(Reply(messages, options), options?.StopSequences)).ToList();
        var most = options?.MaxOutputTokens ?? int.MaxValue;
        foreach (var word in words.Take(most))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, word);
        }

        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = words.Count > most ? ChatFinishReason.Length : ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    /// <summary>A tool that may be called is left alone; one that must be, and an answer in JSON, are beyond it.</summary>
    private static void Refuse(ChatOptions? options)
    {
        if (options?.ToolMode is RequiredChatToolMode)
        {
            throw new FieldException("tool_choice", $"The model '{ModelName}' calls no tools: 'tool_choice' must be auto or none.", "unsupported_value");
        }

        if (options?.ResponseFormat is ChatResponseFormatJson)
        {
            throw new FieldException("response_format", $"The model '{ModelName}' answers with sentences of the knowledge it is given, never in JSON: 'response_format' must be text.", "unsupported_value");
        }
    }

    private static string Cut(string reply, IList<string>? stops)
    {
        foreach (var stop in stops ?? [])
        {
            var end = reply.IndexOf(stop, StringComparison.Ordinal);
            reply = end < 0 ? reply : reply[..end];
        }

        return reply;
    }

    private static string Reply(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var conversation = ReplyContext.From(messages, options);
        return conversation.Mode == ReplyContext.Companion ? CompanionReply.To(conversation) : AgentReply.To(conversation);
    }
}
