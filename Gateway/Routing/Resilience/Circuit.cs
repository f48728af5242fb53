namespace Voice.Gateway.Routing.Resilience;

/// <summary>
/// Whether one destination is asked. It is left alone after several requests in a row without an answer, or when many of them remain without one; then one request
/// at a time, each <see cref="ResilienceOptions.BreakFor"/>, is let through, and any answer closes the circuit. An answer is an answer, a 500 too: what a service says is its own.
/// </summary>
internal sealed class Circuit(string destination, ResilienceOptions options, TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>A share of fewer says nothing.</summary>
    private const int FewestFailures = 10;

    private readonly Lock _gate = new();
    private int _inARow;
    private int _answered;
    private int _failed;
    private long _windowBegan;

    // The timestamp of the next try; 0 while the circuit is closed.
    private long _openUntil;

    public string Destination => destination;

    public bool IsClosed => Volatile.Read(ref _openUntil) == 0;

    /// <summary>Until a request is let through again.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var until = Volatile.Read(ref _openUntil);
            return until == 0 ? TimeSpan.Zero : time.GetElapsedTime(time.GetTimestamp(), until);
        }
    }

    /// <summary>Takes the one try that is due; true for one caller.</summary>
    public bool TryProbe()
    {
        lock (_gate)
        {
            if (_openUntil == 0 || time.GetTimestamp() < _openUntil)
            {
                return false;
            }

            // A try that hangs does not keep the next one waiting.
            _openUntil = Later();
            return true;
        }
    }

    /// <returns>True where this closed the circuit.</returns>
    public bool Answered()
    {
        Interlocked.Increment(ref _answered);
        if (Volatile.Read(ref _inARow) == 0 && IsClosed)
        {
            return false;
        }

        lock (_gate)
        {
            _inARow = 0;
            if (_openUntil == 0)
            {
                return false;
            }

            _openUntil = 0;
            _failed = 0;
            return true;
        }
    }

    /// <returns>True where this opened the circuit.</returns>
    public bool Failed()
    {
        lock (_gate)
        {
            if (_windowBegan == 0 || time.GetElapsedTime(_windowBegan) > Window)
            {
                _windowBegan = time.GetTimestamp();
                _failed = 0;
                Volatile.Write(ref _answered, 0);
            }

            _inARow++;
            _failed++;
            if (_openUntil != 0)
            {
                _openUntil = Later();
                return false;
            }

            if (_inARow < options.FailuresToBreak && (_failed < FewestFailures || _failed < options.FailureShareToBreak * (_failed + Volatile.Read(ref _answered))))
            {
                return false;
            }

            _openUntil = Later();
            return true;
        }
    }

    private long Later() => time.GetTimestamp() + (long)(options.BreakFor.TotalSeconds * time.TimestampFrequency);
}
