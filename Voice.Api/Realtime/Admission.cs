using Microsoft.Extensions.Options;

namespace Voice.Api.Realtime;

/// <summary>Whether one more session is taken: those that are live must not pay for it.</summary>
internal sealed class Admission(RealtimeSessions sessions, LoadMonitor load, IOptions<RealtimeOptions> options, RealtimeMetrics metrics)
{
    private int _entering;

    /// <returns>
    /// Null where it is refused. Otherwise a place, kept until it is disposed: from then on the session counts itself.
    /// </returns>
    public IDisposable? TryEnter()
    {
        var entering = Interlocked.Increment(ref _entering);
        var reason = entering + sessions.Count > options.Value.MaxSessions ? "sessions" : load.Overloaded ? "lag" : null;
        if (reason is null)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _entering);
        metrics.Refused(reason);
        return null;
    }

    private sealed class Place(Admission admission) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref admission._entering);
            }
        }
    }
}
