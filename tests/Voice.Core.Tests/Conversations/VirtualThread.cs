using System.Collections.Concurrent;

namespace Voice.Core.Tests.Conversations;

/// <summary>Runs every continuation on the test's own thread, in order, when asked: with virtual time, a conversation becomes deterministic.</summary>
internal sealed class VirtualThread : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _work = new();

    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    public void RunUntilIdle()
    {
        while (_work.TryDequeue(out var work))
        {
            work.Callback(work.State);
        }
    }

    public void RunUntil(Task task)
    {
        var done = SpinWait.SpinUntil(
            () =>
            {
                RunUntilIdle();
                return task.IsCompleted;
            },
            TimeSpan.FromSeconds(20));
        Assert.True(done, "The task did not end.");
    }
}
