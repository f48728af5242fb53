using Npgsql;

namespace Voice.Api.Sessions;

/// <summary>A row of <c>voice.sessions</c>.</summary>
internal sealed record SessionRow(
    string Id,
    string OrganizationId,
    string UserId,
    string AgentId,
    string AgentName,
    string Mode,
    string Language,
    string? TargetLanguage,
    string Transport,
    string Status,
    string? EndReason,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset HeartbeatAt,
    int TurnCount,
    string? RecordingBlob,
    string? TranscriptBlob,
    int AgentVersion)
{
    private const string Columns = """
        id, organization_id, user_id, agent_id, agent_name, mode, language, target_language, transport, status, end_reason,
        started_at, ended_at, heartbeat_at, turn_count, recording_blob, transcript_blob, agent_version
        """;

    public bool IsActive => Status == "active";

    public static Task<SessionRow?> FindAsync(
        NpgsqlDataSource database, string organizationId, string sessionId, CancellationToken cancellationToken) =>
        FirstAsync(
            database.CreateCommand($"select {Columns} from voice.sessions where id = $1 and organization_id = $2"),
            [new() { Value = sessionId }, new() { Value = organizationId }],
            cancellationToken);

    /// <summary>For links that carry their own proof; who asks is not known.</summary>
    public static Task<SessionRow?> FindAsync(NpgsqlDataSource database, string sessionId, CancellationToken cancellationToken) =>
        FirstAsync(
            database.CreateCommand($"select {Columns} from voice.sessions where id = $1"), [new() { Value = sessionId }], cancellationToken);

    /// <param name="wait">Otherwise a row that someone else is just ending is not found.</param>
    public static Task<SessionRow?> LockAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sessionId, bool wait, CancellationToken cancellationToken) =>
        FirstAsync(
            new NpgsqlCommand(
                $"select {Columns} from voice.sessions where id = $1 for update {(wait ? "" : "skip locked")}", connection, transaction),
            [new() { Value = sessionId }],
            cancellationToken);

    /// <summary>Newest first, after <paramref name="cursor"/>.</summary>
    public static async Task<List<SessionRow>> ListAsync(
        NpgsqlDataSource database, string organizationId, SessionCursor? cursor, int count, CancellationToken cancellationToken)
    {
        var after = cursor is null ? "" : "and (started_at, id) < ($3, $4)";
        await using var command = database.CreateCommand(
            $"select {Columns} from voice.sessions where organization_id = $1 {after} order by started_at desc, id desc limit $2");
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = count });
        if (cursor is not null)
        {
            command.Parameters.Add(new() { Value = cursor.StartedAt });
            command.Parameters.Add(new() { Value = cursor.Id });
        }

        var rows = new List<SessionRow>(count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Read(reader));
        }

        return rows;
    }

    private static async Task<SessionRow?> FirstAsync(NpgsqlCommand command, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using (command)
        {
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
        }
    }

    private static SessionRow Read(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.IsDBNull(7) ? null : reader.GetString(7),
        reader.GetString(8),
        reader.GetString(9),
        reader.IsDBNull(10) ? null : reader.GetString(10),
        reader.GetFieldValue<DateTimeOffset>(11),
        reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12),
        reader.GetFieldValue<DateTimeOffset>(13),
        reader.GetInt32(14),
        reader.IsDBNull(15) ? null : reader.GetString(15),
        reader.IsDBNull(16) ? null : reader.GetString(16),
        reader.GetInt32(17));
}
