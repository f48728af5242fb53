using System.Text.Json;
using Npgsql;
using Voice.Api.Recordings;
using Voice.Api.Transcripts;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Api.Sessions;

/// <summary>
/// Ends a session in the record: transcript, row and SessionEnded. The same for a session whose conversation ended and for one whose server
/// died. Safe to repeat and to race: the row decides, and SessionEnded is published by the one transaction that changed it.
/// </summary>
internal sealed class SessionEnding(
    NpgsqlDataSource database, Outbox outbox, RecordingStore recordings, TranscriptStore transcripts, TimeProvider time)
{
    // The row is locked meanwhile; Blob Storage's client would try again for minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <param name="silentSince">Only where no heartbeat was later; null ends unconditionally.</param>
    /// <returns>False where the session was no longer active, or (with <paramref name="silentSince"/>) has a server after all.</returns>
    public async Task<bool> EndAsync(
        string sessionId, string reason, DateTimeOffset endedAt, DateTimeOffset? silentSince, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await TryEndAsync(sessionId, reason, endedAt, silentSince, linked.Token);
    }

    private async Task<bool> TryEndAsync(
        string sessionId, string reason, DateTimeOffset endedAt, DateTimeOffset? silentSince, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var session = await SessionRow.LockAsync(connection, transaction, sessionId, wait: silentSince is null, cancellationToken);
        if (session is null || (silentSince is not null && (!session.IsActive || session.HeartbeatAt > silentSince)))
        {
            return false;
        }

        // Swept while its server was only out of reach: the end it was given stands, the transcript gains the turns since.
        var ended = session.IsActive ? session with { Status = "ended", EndReason = reason, EndedAt = Latest(endedAt, session.StartedAt) } : session;
        var turns = await TurnRow.ReadAsync(connection, transaction, sessionId, cancellationToken);
        var recordingBlob = await recordings.FindAsync(session.OrganizationId, sessionId, cancellationToken);
        var transcript = TranscriptDocument.From(ended, turns, recordingBlob);
        var transcriptBlob = await transcripts.WriteAsync(session.OrganizationId, sessionId, transcript, cancellationToken);

        const string Update = """
            update voice.sessions set status = 'ended', end_reason = $2, ended_at = $3, turn_count = $4, transcript_blob = $5, recording_blob = $6
            where id = $1
            """;
        await using var command = new NpgsqlCommand(Update, connection, transaction);
        command.Parameters.Add(new() { Value = sessionId });
        command.Parameters.Add(new() { Value = ended.EndReason! });
        command.Parameters.Add(new() { Value = ended.EndedAt!.Value.ToUniversalTime() });
        command.Parameters.Add(new() { Value = turns.Count });
        command.Parameters.Add(new() { Value = transcriptBlob });
        command.Parameters.Add(new() { Value = (object?)recordingBlob ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellationToken);
        if (session.IsActive)
        {
            await outbox.AddAsync(connection, transaction, Ended(ended, turns.Count, transcriptBlob, recordingBlob), cancellationToken);
            await outbox.AddAsync(connection, transaction, SessionUsage.Ended(ended), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return session.IsActive;
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static SessionEnded Ended(SessionRow session, int turnCount, string transcriptBlob, string? recordingBlob) => new(
        session.Id, session.OrganizationId, session.UserId, session.AgentId, session.Mode, session.Language,
        session.EndReason!, turnCount, session.StartedAt, session.EndedAt!.Value, transcriptBlob, recordingBlob);
}
