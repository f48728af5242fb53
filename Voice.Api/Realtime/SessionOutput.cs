using Voice.Api.Realtime.Wire;

namespace Voice.Api.Realtime;

/// <summary>
/// Where a session's events go: to the connection there is, and into the replay window of a client that may come back. What comes
/// without either is for the record alone.
/// </summary>
internal sealed class SessionOutput(RealtimeConnection connection, ReplayWindow? window) : IDisposable
{
    // One sender at a time: the send loop, and a connection that is being given what it missed.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private RealtimeConnection? _connection = connection;
    private long _acknowledged;

    /// <param name="number">Of the event, in its id.</param>
    /// <param name="audio">How long it plays; zero for what is no audio.</param>
    public async Task SendAsync(long number, ReadOnlyMemory<byte> json, TimeSpan audio)
    {
        if (window is null)
        {
            await TrySendAsync(json);
            return;
        }

        await _turn.WaitAsync();
        try
        {
            window.Acknowledge(Volatile.Read(ref _acknowledged));
            window.Add(number, json.Span, audio, sent: _connection is not null);
            await TrySendAsync(json);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The client has every event up to this one. From the receive loop, which does not wait: the window learns it with the next event.</summary>
    public void Acknowledge(long number) => Volatile.Write(ref _acknowledged, number);

    /// <summary>When the send that may be going on has ended.</summary>
    public async Task DetachAsync()
    {
        await _turn.WaitAsync();
        _connection = null;
        _turn.Release();
    }

    /// <summary>Gives the client what it missed, and from then on what comes.</summary>
    /// <param name="after">The last event the client has; null where it says nothing: it gets all there is.</param>
    /// <param name="input">How far the input audio clock has come.</param>
    public async Task AttachAsync(RealtimeConnection connection, string sessionId, long? after, TimeSpan input)
    {
        await _turn.WaitAsync();
        try
        {
            var known = after ?? 0;
            var replayed = window!.CountAfter(known);
            var lost = after is null ? 0 : Math.Max(0, window.Newest - known - replayed);
            using var writer = new ServerEventWriter();
            _connection = connection;
            await TrySendAsync(writer.Resumed(new Resumption(sessionId, known, replayed, lost, window.LostAudioAfter(known), input)));
            foreach (var json in window.After(known))
            {
                await TrySendAsync(json);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        window?.Dispose();
        _turn.Dispose();
    }

    private async ValueTask TrySendAsync(ReadOnlyMemory<byte> json)
    {
        if (_connection is { } there && !await there.SendAsync(json))
        {
            _connection = null;
        }
    }
}
