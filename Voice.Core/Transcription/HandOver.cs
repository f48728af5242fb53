using System.Threading.Tasks.Sources;

namespace Voice.Core.Transcription;

/// <summary>
/// One task waits for work, others tell it that there is some. Who gives audio lets the waiting task run right there: waking a thread for
/// every frame costs more than all the frame's other work. Allocates nothing per wait. A call that finds nobody waiting is remembered.
/// </summary>
internal sealed class HandOver : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Called = 2;

    private ManualResetValueTaskSourceCore<bool> _waiter;
    private int _state;

    /// <summary>One at a time. Continues in the context it was called in.</summary>
    public ValueTask WaitAsync()
    {
        _waiter.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
        {
            return new ValueTask(this, _waiter.Version);
        }

        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <param name="here">The waiting task goes on before this returns, unless it has a context of its own; not under a lock.</param>
    public void Call(bool here)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == Called || (state == Idle && Interlocked.CompareExchange(ref _state, Called, Idle) == Idle))
            {
                return;
            }

            if (state == Waiting && Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
            {
                _waiter.RunContinuationsAsynchronously = !here;
                _waiter.SetResult(true);
                return;
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);
}
