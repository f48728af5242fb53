namespace Voice.Core.Resilience;

/// <summary>
/// Of one model at one stage, shared by all sessions. Every <see cref="TryEnter"/> that is true is followed by exactly one of
/// <see cref="Succeeded"/>, <see cref="Failed"/> and <see cref="Abandoned"/>. Thread-safe.
/// Not Polly's: a streamed answer has succeeded when it begins and may fail long after, which is no single callback to run.
/// </summary>
internal sealed class CircuitBreaker(ProviderResilienceOptions options, TimeProvider time, Action<BreakerState>? changed = null)
{
    private readonly Lock _gate = new();
    private BreakerState _state;
    private long _windowStart = time.GetTimestamp();
    private int _successes;
    private int _failures;
    private long _openedAt;
    private TimeSpan _pause = options.BreakerPause;

    public BreakerState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <returns>False: do not ask this model now.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_state == BreakerState.Open && time.GetElapsedTime(_openedAt) >= _pause)
            {
                Change(BreakerState.HalfOpen);
                return true;
            }

            return _state == BreakerState.Closed;
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            Roll();
            _successes++;
            if (_state == BreakerState.HalfOpen)
            {
                _pause = options.BreakerPause;
                (_successes, _failures) = (0, 0);
                Change(BreakerState.Closed);
            }
        }
    }

    public void Failed()
    {
        lock (_gate)
        {
            Roll();
            _failures++;
            if (_state == BreakerState.HalfOpen)
            {
                _pause = _pause * 2 < options.LongestBreakerPause ? _pause * 2 : options.LongestBreakerPause;
                Open();
            }
            else if (_state == BreakerState.Closed && _failures >= options.BreakerFailures && _failures >= _successes)
            {
                Open();
            }
        }
    }

    /// <summary>The caller lost interest, or the request itself was at fault: nothing was learnt about the model.</summary>
    public void Abandoned()
    {
        lock (_gate)
        {
            if (_state == BreakerState.HalfOpen)
            {
                // The next caller may try at once: its pause is over.
                _state = BreakerState.Open;
            }
        }
    }

    private void Open()
    {
        _openedAt = time.GetTimestamp();
        Change(BreakerState.Open);
    }

    private void Change(BreakerState state)
    {
        _state = state;
        changed?.Invoke(state);
    }

    private void Roll()
    {
        if (time.GetElapsedTime(_windowStart) >= options.BreakerWindow)
        {
            _windowStart = time.GetTimestamp();
            (_successes, _failures) = (0, 0);
        }
    }
}
