using System.Text.Json;
using Dapper;
using Npgsql;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Export.Exports;

/// <summary>The SQL of this feature. What takes a <see cref="MessageContext"/> runs in the delivery's transaction.</summary>
internal sealed class ExportStore(NpgsqlDataSource dataSource)
{
    public async Task AddSessionAsync(
        MessageContext context, string sessionId, string organizationId, DateTimeOffset startedAt, CancellationToken cancellationToken) =>
        await context.Connection.ExecuteAsync(new CommandDefinition(
            "insert into export.sessions (session_id, organization_id, started_at) values (@sessionId, @organizationId, @startedAt) on conflict do nothing",
            new { sessionId, organizationId, startedAt },
            context.Transaction,
            cancellationToken: cancellationToken));

    public async Task<WrittenExport?> FindAsync(MessageContext context, string sessionId, string kind, CancellationToken cancellationToken) =>
        await context.Connection.QuerySingleOrDefaultAsync<WrittenExport>(new CommandDefinition(
            "select id, blob, transcript_blob, created_at from export.exports where session_id = @sessionId and kind = @kind for update",
            new { sessionId, kind },
            context.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>Written again, an export keeps its id, its name and the time it was made.</summary>
    public async Task UpsertAsync(MessageContext context, ExportDocument document, WrittenExport written, CancellationToken cancellationToken) =>
        await context.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into export.exports (id, organization_id, session_id, kind, blob, transcript_blob, summary, created_at, updated_at)
            values (@Id, @OrganizationId, @SessionId, @Kind, @Blob, @TranscriptBlob, @summary::jsonb, @CreatedAt, @UpdatedAt)
            on conflict (session_id, kind) do update set summary = excluded.summary, updated_at = excluded.updated_at
            """,
            new
            {
                document.Id,
                document.OrganizationId,
                document.SessionId,
                document.Kind,
                written.Blob,
                written.TranscriptBlob,
                summary = JsonSerializer.Serialize(document.Summary, ExportJson.Default.ExportSummary),
                document.CreatedAt,
                document.UpdatedAt,
            },
            context.Transaction,
            cancellationToken: cancellationToken));

    public async Task AddInterventionAsync(MessageContext context, InterventionRaised raised, CancellationToken cancellationToken) =>
        await context.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into export.interventions (id, organization_id, session_id, turn_id, category, severity, language, matched_layer, message, occurred_at)
            values (@InterventionId, @OrganizationId, @SessionId, @TurnId, @Category, @Severity, @Language, @MatchedLayer, @Message, @OccurredAt)
            on conflict do nothing
            """,
            raised,
            context.Transaction,
            cancellationToken: cancellationToken));

    public async Task<IReadOnlyList<ExportIntervention>> ListInterventionsAsync(MessageContext context, string sessionId, CancellationToken cancellationToken) =>
    [
        .. await context.Connection.QueryAsync<ExportIntervention>(new CommandDefinition(
            "select id, turn_id, category, severity, language, matched_layer, message, occurred_at from export.interventions where session_id = @sessionId order by occurred_at, id",
            new { sessionId },
            context.Transaction,
            cancellationToken: cancellationToken)),
    ];

    /// <summary>Null where the organization has no such session.</summary>
    public async Task<IReadOnlyList<ExportItem>?> ListAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var known = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from export.sessions where session_id = @sessionId and organization_id = @organizationId)",
            new { organizationId, sessionId },
            cancellationToken: cancellationToken));
        if (!known)
        {
            return null;
        }

        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select id, kind, blob, created_at, updated_at, summary::text as summary from export.exports
            where session_id = @sessionId and organization_id = @organizationId order by created_at, id
            """,
            new { organizationId, sessionId },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.AsItem())];
    }

    private sealed record Row(string Id, string Kind, string Blob, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Summary)
    {
        public ExportItem AsItem() => new(
            Id, Kind, Blob, CreatedAt, UpdatedAt,
            JsonSerializer.Deserialize(Summary, ExportJson.Default.ExportSummary) ?? throw new JsonException($"Export {Id} has no summary."));
    }
}
