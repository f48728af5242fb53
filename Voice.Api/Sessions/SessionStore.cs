using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Api.Sessions;

/// <summary>What a live session writes to PostgreSQL. Each change and the message that tells of it are one transaction.</summary>
internal sealed class SessionStore(NpgsqlDataSource database, Outbox outbox)
{
    /// <param name="isWanted">Asked last: a server that hung may do its work long after the caller has left.</param>
    public async Task OpenAsync(SessionDescriptor session, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        const string Insert = """
            insert into voice.sessions
                (id, organization_id, user_id, agent_id, agent_name, mode, language, target_language, transport, agent_version, status, started_at, heartbeat_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, 'active', $10, $10)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(Insert, connection, transaction))
        {
            var agent = session.Agent;
            command.Parameters.Add(new() { Value = session.Id });
            command.Parameters.Add(new() { Value = session.OrganizationId });
            command.Parameters.Add(new() { Value = session.UserId });
            command.Parameters.Add(new() { Value = agent.Id });
            command.Parameters.Add(new() { Value = agent.Name });
            command.Parameters.Add(new() { Value = agent.Mode });
            command.Parameters.Add(new() { Value = agent.Language });
            command.Parameters.Add(new() { Value = (object?)agent.TargetLanguage ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = session.Transport });
            command.Parameters.Add(new() { Value = session.StartedAt.ToUniversalTime() });
            command.Parameters.Add(new() { Value = agent.Version });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await outbox.AddAsync(connection, transaction, Started(session), cancellationToken);
        await outbox.AddAsync(connection, transaction, SessionUsage.Begun(session), cancellationToken);
        if (isWanted())
        {
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Safe to repeat: where an earlier attempt was stored after all, nothing happens.</summary>
    public async Task AddTurnAsync(SessionDescriptor session, TurnRecord turn, CancellationToken cancellationToken)
    {
        const string Insert = """
            with added as (
                insert into voice.turns (id, session_id, sequence, language, transcript, confidence, reply, latency_ms, started_at, completed_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                on conflict (id) do nothing
                returning session_id)
            update voice.sessions set turn_count = turn_count + 1 where id in (select session_id from added)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Insert, connection, transaction);
        command.Parameters.Add(new() { Value = turn.Id });
        command.Parameters.Add(new() { Value = session.Id });
        command.Parameters.Add(new() { Value = turn.Sequence });
        command.Parameters.Add(new() { Value = turn.Language });
        command.Parameters.Add(new() { Value = turn.Transcript });
        command.Parameters.Add(new() { Value = (object?)turn.Confidence ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = turn.Reply });
        command.Parameters.Add(new()
        {
            Value = JsonSerializer.Serialize(turn.LatencyMs, SessionJson.Default.IReadOnlyDictionaryStringDouble),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new() { Value = turn.StartedAt.ToUniversalTime() });
        command.Parameters.Add(new() { Value = turn.CompletedAt.ToUniversalTime() });
        if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            await outbox.AddAsync(connection, transaction, Completed(session, turn), cancellationToken);
            if (turn.Reply.Length > 0)
            {
                await outbox.AddAsync(connection, transaction, SessionUsage.Spoken(session, turn), cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What a response cost, whatever turn it belongs to, or none. Safe to repeat: who counts knows it by the response's id.</summary>
    public async Task AddUsageAsync(SessionDescriptor session, ResponseTokens response, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await outbox.AddAsync(connection, transaction, SessionUsage.Thought(session, response), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>These sessions have a server.</summary>
    public async Task BeatAsync(IReadOnlyCollection<string> sessionIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A row that is locked is just being changed by its journal, which may wait for Blob Storage; the others must not wait with it.
        const string Update = """
            update voice.sessions set heartbeat_at = $1 where id in
                (select id from voice.sessions where id = any($2) and status = 'active' for update skip locked)
            """;
        await using var command = database.CreateCommand(Update);
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = sessionIds.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task SetRecordingAsync(string sessionId, string blob, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update voice.sessions set recording_blob = $2 where id = $1");
        command.Parameters.Add(new() { Value = sessionId });
        command.Parameters.Add(new() { Value = blob });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static SessionStarted Started(SessionDescriptor session) => new(
        session.Id, session.OrganizationId, session.UserId, session.Agent.Id, session.Agent.Mode, session.Agent.Language, session.StartedAt);

    private static TurnCompleted Completed(SessionDescriptor session, TurnRecord turn) => new(
        session.Id, session.OrganizationId, session.UserId, session.Agent.Id, session.Agent.Mode, turn.Language,
        turn.Id, turn.Sequence, turn.Transcript, turn.Confidence, turn.Reply, turn.LatencyMs, turn.StartedAt, turn.CompletedAt);
}
