namespace Voice.Api.Sessions;

/// <summary>Pauses between attempts at a store that is away: doubling from 100 ms to 5 s.</summary>
internal struct Backoff(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = TimeSpan.FromMilliseconds(100);

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var pause = _next;
        _next = TimeSpan.FromTicks(Math.Min(2 * _next.Ticks, Longest.Ticks));
        return Task.Delay(pause, time, cancellationToken);
    }
}
