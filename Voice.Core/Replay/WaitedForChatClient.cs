using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Voice.Core.Replay;

/// <summary>
/// A real model in virtual time. Time stands still until its whole answer is there; then the answer comes with the pauses that it really
/// had, so that latencies are the model's and not those of a machine that waits.
/// </summary>
internal sealed class WaitedForChatClient(IChatClient model, TimeProvider time, VirtualThread thread) : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        thread.Hold();
        List<(TimeSpan At, ChatResponseUpdate Update)> answer;
        Exception? failure;
        try
        {
            (answer, failure) = await Task.Run(() => AskAsync([.. messages], options, cancellationToken), CancellationToken.None);
        }
        finally
        {
            thread.Release();
        }

        var began = time.GetTimestamp();
        foreach (var (at, update) in answer)
        {
            if (at - time.GetElapsedTime(began) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            yield return update;
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The engine streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async Task<(List<(TimeSpan, ChatResponseUpdate)>, Exception?)> AskAsync(List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        List<(TimeSpan, ChatResponseUpdate)> answer = [];
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            await foreach (var update in model.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                answer.Add((TimeProvider.System.GetElapsedTime(began), update));
            }

            return (answer, null);
        }
        catch (Exception exception)
        {
            return (answer, exception);
        }
    }
}
