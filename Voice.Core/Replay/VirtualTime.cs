namespace Voice.Core.Replay;

/// <summary>
/// Time that moves when it is told to. Timers fire in the order they are due (of the same moment: in which they were made), and what a timer
/// sets off has happened before the next one fires. Timers may be made on any thread; time is moved by one.
/// </summary>
internal sealed class VirtualTime(DateTimeOffset start, VirtualThread thread) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Made)> _timers = new();
    private long _now = start.UtcTicks;
    private long _made;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void AdvanceTo(DateTimeOffset target, CancellationToken cancellationToken = default)
    {
        thread.RunUntilIdle(cancellationToken);
        while (Next(target.UtcTicks) is { } timer)
        {
            timer.Fire();
            thread.RunUntilIdle(cancellationToken);
        }

        Interlocked.Exchange(ref _now, Math.Max(_now, target.UtcTicks));
    }

    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    private VirtualTimer? Next(long target)
    {
        lock (_gate)
        {
            while (_timers.TryPeek(out var entry, out var priority) && priority.Due <= target)
            {
                _timers.Dequeue();
                if (entry.Version == entry.Timer.Version)
                {
                    Interlocked.Exchange(ref _now, Math.Max(_now, priority.Due));
                    entry.Timer.Again();
                    return entry.Timer;
                }
            }

            return null;
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Grows with every change: an entry of an older one is void.</summary>
        public long Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                Schedule(dueTime);
            }

            return true;
        }

        /// <summary>Under the gate.</summary>
        public void Again() => Schedule(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan due)
        {
            Version++;
            if (due != Timeout.InfiniteTimeSpan)
            {
                time._timers.Enqueue((this, Version), (time._now + due.Ticks, time._made++));
            }
        }
    }
}
