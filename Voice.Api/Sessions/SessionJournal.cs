namespace Voice.Api.Sessions;

/// <summary>
/// The record of one live session, written behind: the calls below only copy into bounded queues and never wait for a disk or the database.
/// </summary>
internal sealed class SessionJournal : IAsyncDisposable
{
    /// <param name="pcm24k">16-bit little-endian mono at 24 kHz, copied; what was recorded so far is the session's audio clock.</param>
    public void RecordUserAudio(ReadOnlySpan<byte> pcm24k) => throw new NotImplementedException();

    /// <param name="at">Where the audio starts to play, on the audio clock.</param>
    public void RecordAssistantAudio(TimeSpan at, ReadOnlySpan<byte> pcm24k) => throw new NotImplementedException();

    /// <summary>Barge-in: forgets assistant audio placed after <paramref name="at"/>.</summary>
    public void CutAssistantAudio(TimeSpan at) => throw new NotImplementedException();

    /// <summary>Row and TurnCompleted in one transaction, in order, retried until stored.</summary>
    public void CompleteTurn(TurnRecord turn) => throw new NotImplementedException();

    /// <summary>Flushes, closes the recording, writes the transcript and publishes SessionEnded. Later calls await the first.</summary>
    public Task EndAsync(string reason, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Stops writing. A session that was not ended stays active until the sweeper ends it as <c>server_lost</c>.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
