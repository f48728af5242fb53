using System.Collections.Concurrent;

namespace Voice.Api.Realtime;

/// <summary>The live sessions of this process. They run on their own, not in the request of a connection, and are awaited before the process ends.</summary>
internal sealed class RealtimeSessions
{
    private readonly ConcurrentDictionary<string, RealtimeSession> _live = new(StringComparer.Ordinal);

    /// <summary>By the key of their token.</summary>
    private readonly ConcurrentDictionary<string, RealtimeSession> _resumable = new(StringComparer.Ordinal);

    private volatile bool _draining;

    public int Count => _live.Count;

    /// <summary>Nothing new begins.</summary>
    public bool Draining => _draining;

    public Task AllEnded => Task.WhenAll(_live.Values.Select(session => session.Running));

    /// <returns>False for a server that is stopping.</returns>
    public bool TryBegin(RealtimeSession session, RealtimeConnection connection)
    {
        _live[session.Id] = session;
        if (_draining)
        {
            // Looked at after the session could be seen: either this refuses it, or the one who drains finds it.
            _live.TryRemove(session.Id, out _);
            session.Refuse();
            return false;
        }

        var key = session.Resume is { } offer ? ResumeToken.Key(offer.Token) : null;
        if (key is not null)
        {
            _resumable[key] = session;
        }

        session.Start(connection, () =>
        {
            _live.TryRemove(session.Id, out _);
            if (key is not null)
            {
                _resumable.TryRemove(key, out _);
            }
        });
        return true;
    }

    /// <summary>Whose token it is. To whom it was given is the session's to check.</summary>
    public RealtimeSession? Find(string resumeToken) => _resumable.GetValueOrDefault(ResumeToken.Key(resumeToken));

    /// <param name="limit">What the sessions are told they have.</param>
    public void Drain(TimeSpan limit)
    {
        _draining = true;
        foreach (var session in _live.Values)
        {
            session.TellDraining(limit);
        }
    }

    public void StopAll()
    {
        foreach (var session in _live.Values)
        {
            session.Stop();
        }
    }
}
