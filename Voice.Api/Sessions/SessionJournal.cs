using Voice.Api.Recordings;

namespace Voice.Api.Sessions;

/// <summary>
/// The record of one live session, written behind: the calls below only copy into bounded queues and never wait for a disk or the database.
/// Turns and recording are written by a loop each, so that one store that is away does not hold up the other.
/// </summary>
internal sealed partial class SessionJournal : IAsyncDisposable
{
    private readonly SessionJournals _owner;
    private readonly SessionJournalServices _services;
    private readonly RecordingBuffer? _audio;
        private readonly TurnWriter _turns;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _finishRecording = new();
    private readonly Task _recordingLoop;
    private readonly Task _turnLoop;
    private readonly Lock _endGate = new();
    private Task? _ending;

    public SessionJournal(SessionJournals owner, SessionDescriptor session, SessionJournalServices services)
    {
        _owner = owner;
        _services = services;
        Session = session;
        var options = services.Options;
        _audio = options.Record ? new RecordingBuffer(options.RecordingBuffer) : null;
        _turns = new TurnWriter(session, services);
        _turnLoop = _turns.RunAsync(_stop.Token);
        _recordingLoop = _audio is null ? Task.CompletedTask : RecordAsync(new RecordingWriter(
            services.Recordings.Blob(session.OrganizationId, session.Id), _audio, options.RecordingInterval, services.Time));
    }

    public SessionDescriptor Session { get; }

    /// <param name="pcm24k">16-bit little-endian mono at 24 kHz, copied; what was recorded so far is the session's audio clock.</param>
    public void RecordUserAudio(ReadOnlySpan<byte> pcm24k) => _audio?.AppendUser(pcm24k);

    /// <param name="at">Where the audio starts to play, on the audio clock.</param>
    public void RecordAssistantAudio(TimeSpan at, ReadOnlySpan<byte> pcm24k) => _audio?.PlaceAssistant(at, pcm24k);

    /// <summary>Barge-in: forgets assistant audio placed after <paramref name="at"/>.</summary>
    public void CutAssistantAudio(TimeSpan at) => _audio?.CutAssistant(at);

    /// <summary>
    /// Row and TurnCompleted in one transaction, in order, retried until stored. Never drops: where the database was away for a thousand turns
    /// this throws, before the turn is acknowledged to anyone.
    /// </summary>
    public void CompleteTurn(TurnRecord turn) => _turns.Add(turn);

    /// <summary>What a response cost, stored in order with the turns.</summary>
    public void CompleteResponse(string responseId, int tokens) => _turns.Add(new ResponseTokens(responseId, tokens, _services.Time.GetUtcNow()));

    /// <summary>
    /// Flushes, closes the recording, writes the transcript and publishes SessionEnded. Later calls await the first, whose reason stands.
    /// Cancellation ends the waiting, not the ending.
    /// </summary>
    public Task EndAsync(string reason, CancellationToken cancellationToken)
    {
        lock (_endGate)
        {
            _ending ??= EndCoreAsync(reason, _services.Time.GetUtcNow());
        }

        return _ending.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// A session that was not ended stays active in the record until the sweeper ends it as <c>server_lost</c>. One that is ending is left to
    /// finish; <see cref="SessionJournals"/> waits for it when the service stops.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        bool abandoned;
        lock (_endGate)
        {
            abandoned = _ending is null;
            _ending ??= Task.CompletedTask;
        }

        if (abandoned)
        {
            await StopAsync();
        }
    }

    /// <summary>Gives up whatever is not yet stored.</summary>
    internal async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_turnLoop, _recordingLoop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Release();
    }

    private async Task EndCoreAsync(string reason, DateTimeOffset endedAt)
    {
        // Off the caller's thread: it is the conversation's last, and may hold its locks.
        await Task.Yield();
        try
        {
            _turns.Complete();
            await _finishRecording.CancelAsync();
            await Task.WhenAll(_turnLoop, _recordingLoop);
            await StoreEndAsync(reason, endedAt);
            await _services.Live.RemoveAsync(Session.Id);
            if (_audio is { Dropped: > 0 })
            {
                _services.Metrics.AudioDropped(TimeSpan.FromSeconds((double)_audio.Dropped / RecordingFormat.SampleRate));
                Log.AudioDropped(_services.Logger, Session.Id, _audio.Dropped);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Log.NotEnded(_services.Logger, Session.Id);
        }
        finally
        {
            Release();
        }
    }

    private async Task StoreEndAsync(string reason, DateTimeOffset endedAt)
    {
        var backoff = new Backoff(_services.Time);
        while (true)
        {
            try
            {
                await _services.Ending.EndAsync(Session.Id, reason, endedAt, silentSince: null, _stop.Token);
                return;
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                _services.Metrics.DatabaseRetried();
                Log.EndDelayed(_services.Logger, Session.Id, exception);
            }

            await backoff.WaitAsync(_stop.Token);
        }
    }

    private async Task RecordAsync(RecordingWriter recording)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _finishRecording.Token);
        var known = false;
        var backoff = new Backoff(_services.Time);
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(_services.Options.RecordingInterval, _services.Time, wake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var last = _finishRecording.IsCancellationRequested;
            try
            {
                var changed = await recording.WriteAsync(toTheEnd: last, _stop.Token);
                if (changed && !known)
                {
                    await _services.Store.SetRecordingAsync(Session.Id, RecordingStore.Name(Session.OrganizationId, Session.Id), _stop.Token);
                    known = true;
                }

                if (last)
                {
                    return;
                }
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                _services.Metrics.BlobsRetried();
                Log.RecordingDelayed(_services.Logger, Session.Id, exception);
                await backoff.WaitAsync(_stop.Token);
            }
        }
    }

    private void Release()
    {
        _owner.Forget(this);
        _audio?.Dispose();
    }
}
