using System.Collections.Concurrent;

namespace Voice.Core.Replay;

/// <summary>
/// Runs every continuation on the caller's own thread, in order, when asked: with virtual time, a conversation becomes deterministic. What
/// waits for the world outside is held for (<see cref="Hold"/>): virtual time stands still meanwhile.
/// </summary>
internal sealed class VirtualThread : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Not bounded: continuations of one conversation, which bounds what it begins. Losing one would stop it for ever.
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _work = new();
    private readonly SemaphoreSlim _posted = new(0);
    private int _held;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _work.Enqueue((d, state));
        _posted.Release();
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Something real is going on that continues here.</summary>
    public void Hold() => Interlocked.Increment(ref _held);

    public void Release() => Interlocked.Decrement(ref _held);

    public void RunUntilIdle(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            while (_work.TryDequeue(out var work))
            {
                work.Callback(work.State);
            }

            if (Volatile.Read(ref _held) == 0)
            {
                return;
            }

            WaitForWork(cancellationToken);
        }
    }

    /// <summary>For what needs no virtual time any more.</summary>
    public void RunUntil(Task task, CancellationToken cancellationToken = default)
    {
        // Some of it may end on other threads, which post nothing here.
        task.ContinueWith(_ => _posted.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        RunUntilIdle(cancellationToken);
        while (!task.IsCompleted)
        {
            WaitForWork(cancellationToken);
            RunUntilIdle(cancellationToken);
        }
    }

    public void Dispose() => _posted.Dispose();

    private void WaitForWork(CancellationToken cancellationToken)
    {
        if (!_posted.Wait(Patience, cancellationToken))
        {
            throw new TimeoutException("A replay waited in vain for something that was begun.");
        }
    }
}
