namespace Voice.Core.Providers;

/// <summary>
/// Cancels when the caller does, or when the provider was silent for too long. Only time in which somebody listens counts: a reply that is
/// sent no faster than it plays leaves its provider unread for minutes. Listening begins with the request, ends with
/// <see cref="Heard"/> and begins again with <see cref="Listen"/>.
/// </summary>
public sealed class SilenceLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _linked;

    public SilenceLimit(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _limit = limit;
        Time = time;
        _caller = caller;
        _silence = new CancellationTokenSource(limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _silence.Token);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>The provider was silent, and it was not the caller who lost interest.</summary>
    public bool IsExceeded => _silence.IsCancellationRequested && !_caller.IsCancellationRequested;

    public TimeSpan Limit => _limit;

    public TimeProvider Time { get; }

    public void Listen() => _silence.CancelAfter(_limit);

    public void Heard() => _silence.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _silence.Dispose();
    }
}
