using System.Collections.Concurrent;

namespace Voice.Api.Realtime;

/// <summary>The live sessions of this process. They run on their own, not in the request of a connection, and are awaited before the process ends.</summary>
internal sealed class RealtimeSessions : IHostedService
{
    private readonly ConcurrentDictionary<string, RealtimeSession> _live = new(StringComparer.Ordinal);

    /// <summary>By the key of their token.</summary>
    private readonly ConcurrentDictionary<string, RealtimeSession> _resumable = new(StringComparer.Ordinal);

    public int Count => _live.Count;

    public void Begin(RealtimeSession session, RealtimeConnection connection)
    {
        _live[session.Id] = session;
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
    }

    /// <summary>Whose token it is. To whom it was given is the session's to check.</summary>
    public RealtimeSession? Find(string resumeToken) => _resumable.GetValueOrDefault(ResumeToken.Key(resumeToken));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops after the web server did; every session has been told to end by then.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_live.Values.Select(session => session.Running)).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Out of time: what is not in the record by now, the sweeper of another process ends from what is.
        }
    }
}
