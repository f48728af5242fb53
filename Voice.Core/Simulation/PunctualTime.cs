namespace Voice.Core.Simulation;

/// <summary>
/// A clock whose timers are punctual to a tenth of a millisecond. Those of the runtime go by the system's coarse clock, which on Linux
/// moves every 4 ms: an engine that is simulated with them takes longer than it says, and the platform would be blamed for it. One
/// thread waits for all timers, and yields instead of sleeping in the last millisecond. Their callbacks run on the thread pool.
/// </summary>
public sealed class PunctualTime(TimeProvider clock) : TimeProvider, IDisposable
{
    /// <summary>Waits of the system are whole milliseconds.</summary>
    private static readonly TimeSpan Yielding = TimeSpan.FromMilliseconds(1);

    // A monitor, which can be waited on.
    private readonly object _gate = new();
    private readonly PriorityQueue<Entry, long> _due = new();
    private Thread? _thread;
    private bool _stopped;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    /// <summary>A timer that repeats is the runtime's.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
        {
            return clock.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new PunctualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        _thread?.Join();
    }

    private void Schedule(PunctualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            timer.Turn++;
            if (dueTime == Timeout.InfiniteTimeSpan || _stopped)
            {
                return;
            }

            var due = clock.GetTimestamp() + (long)(dueTime.TotalSeconds * clock.TimestampFrequency);
            _due.Enqueue(new Entry(timer, timer.Turn, due), due);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "punctual time" };
                _thread.Start();
            }

            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_stopped)
                {
                    return;
                }

                if (!_due.TryPeek(out var next, out _))
                {
                    Monitor.Wait(_gate);
                    continue;
                }

                var left = clock.GetElapsedTime(clock.GetTimestamp(), next.Due);
                if (left > Yielding)
                {
                    Monitor.Wait(_gate, left - Yielding);
                    continue;
                }

                if (left <= TimeSpan.Zero)
                {
                    _due.Dequeue();
                    if (next.Turn == next.Timer.Turn)
                    {
                        next.Timer.Expire();
                    }

                    continue;
                }
            }

            Thread.Yield();
        }
    }

    private readonly record struct Entry(PunctualTimer Timer, int Turn, long Due);

    private sealed class PunctualTimer(PunctualTime owner, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>What was scheduled before the last change does not count any more. Under the owner's gate.</summary>
        public int Turn { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Schedule(this, dueTime);
            return true;
        }

        public void Expire() => ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), this, preferLocal: false);

        public void Dispose() => owner.Schedule(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Call() => callback(state);
    }
}
