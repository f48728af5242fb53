namespace Voice.Api.Providers;

/// <summary>Cancels when the caller does, or when the provider was silent for too long. <see cref="Heard"/> starts the silence anew.</summary>
internal sealed class SilenceLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _linked;

    public SilenceLimit(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _limit = limit;
        _caller = caller;
        _silence = new CancellationTokenSource(limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _silence.Token);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>The provider was silent, and it was not the caller who lost interest.</summary>
    public bool IsExceeded => _silence.IsCancellationRequested && !_caller.IsCancellationRequested;

    public TimeSpan Limit => _limit;

    public void Heard() => _silence.CancelAfter(_limit);

    public void Dispose()
    {
        _linked.Dispose();
        _silence.Dispose();
    }
}
