using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

/// <summary>A chat model that writes its text word by word, 20 ms each, after a first 100 ms.</summary>
internal sealed class ScriptedModel(TimeProvider time) : IChatClient
{
    public string Text { get; set; } = "We are open from nine to five. On Saturday we are open until noon. We are closed on Sunday.";

    /// <summary>Fails after this many words.</summary>
    public int? FailAfter { get; set; }

    public Exception Failure { get; set; } = new ProviderException("provider_failed", "scripted failure");

    /// <summary>Unreachable for this many calls.</summary>
    public int Unreachable { get; set; }

    public List<IReadOnlyList<ChatMessage>> Calls { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    /// <summary>What the next calls answer instead of the text, piece by piece; when it is empty, the text.</summary>
    public Queue<AIContent[]> Answers { get; } = new();

    /// <summary>What each piece of those gives as the reason for its end.</summary>
    public ChatFinishReason? AnswersFinish { get; set; }

    /// <summary>How it ends what it writes.</summary>
    public ChatFinishReason? FinishReason { get; set; }

    /// <summary>When the last word of a call was taken.</summary>
    public List<DateTimeOffset> Finished { get; } = [];

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Calls.Add([.. messages]);
        if (Unreachable-- > 0)
        {
            throw new ProviderException("provider_unavailable", "no worker");
        }

        Options.Add(options);
        await Task.Delay(TimeSpan.FromMilliseconds(80), time, cancellationToken);
        if (Answers.TryDequeue(out var answer))
        {
            foreach (var content in answer)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
                yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { FinishReason = content is UsageContent ? null : AnswersFinish };
            }

            yield break;
        }

        var written = 0;
        foreach (var word in Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (written == FailAfter)
            {
                throw Failure;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, written++ == 0 ? word : " " + word);
        }

        if (FinishReason is { } reason)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = reason };
        }

        Finished.Add(time.GetUtcNow());
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
