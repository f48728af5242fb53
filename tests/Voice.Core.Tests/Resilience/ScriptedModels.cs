using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Resilience;

/// <summary>Language models and voices by name; each does what its script says: see <see cref="Act"/>.</summary>
internal sealed class ScriptedModels(TimeProvider time) : IChatClient, ISpeechSynthesizer
{
    /// <summary>What a model does: <c>ok</c>, <c>hang</c>, <c>empty</c>, <c>break</c> (after its first part), <c>stop</c> (hangs after it), or the code it fails with.</summary>
    public Dictionary<string, string> Acts { get; } = [];

    /// <summary>Every call, by model.</summary>
    public List<string> Calls { get; } = [];

    public TimeSpan? RetryAfter { get; set; }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var model = options?.ModelId ?? "default";
        // As servers do: the role first, in a part of its own.
        yield return new ChatResponseUpdate(ChatRole.Assistant, string.Empty);
        await foreach (var part in Act(model, cancellationToken))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, part == 0 ? $"This is model {model} here. And" : " that is all.");
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var _ in Act(request.Model ?? "default", cancellationToken))
        {
            yield return new byte[4_800];
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async IAsyncEnumerable<int> Act(string model, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Calls.Add(model);
        var act = Acts.GetValueOrDefault(model, "ok");
        await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        if (act == "hang")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        if (act == "empty")
        {
            yield break;
        }

        if (act is not ("ok" or "break" or "stop"))
        {
            throw new ProviderException(act, "scripted failure") { RetryAfter = RetryAfter };
        }

        yield return 0;
        if (act == "stop")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        yield return act == "break" ? throw new ProviderException("provider_failed", "scripted failure") : 1;
    }
}
