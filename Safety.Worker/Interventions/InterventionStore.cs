using System.Text.Json;
using Dapper;
using Npgsql;
using Voice.ServiceDefaults.Live;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Safety.Interventions;

/// <summary>The SQL of this feature. What takes a <see cref="MessageContext"/> runs in the delivery's transaction.</summary>
internal sealed class InterventionStore(NpgsqlDataSource dataSource, TimeProvider timeProvider)
{
    /// <summary>Notified when an intervention has been committed.</summary>
    public const string Channel = "safety_interventions";

    private const string Columns =
        "i.id, i.organization_id, i.session_id, i.turn_id, i.category, i.severity, i.language, i.matched_layer, i.matched, i.message, i.resources::text as resources, i.occurred_at";

    public async Task AddSessionAsync(
        MessageContext context, string sessionId, string organizationId, DateTimeOffset startedAt, DateTimeOffset? endedAt, CancellationToken cancellationToken) =>
        await context.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into safety.sessions (session_id, organization_id, started_at, ended_at) values (@sessionId, @organizationId, @startedAt, @endedAt)
            on conflict (session_id) do update
            set ended_at = coalesce(excluded.ended_at, sessions.ended_at), context = case when excluded.ended_at is null then sessions.context end
            """,
            new { sessionId, organizationId, startedAt, endedAt },
            context.Transaction,
            cancellationToken: cancellationToken));

    public async Task<SessionContext> ReadContextAsync(MessageContext context, TurnCompleted turn, CancellationToken cancellationToken)
    {
        // The row may be missing: the session's start can be a dead letter, its turns are not.
        await AddSessionAsync(context, turn.SessionId, turn.OrganizationId, turn.StartedAt, endedAt: null, cancellationToken);
        var json = await context.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select context::text from safety.sessions where session_id = @SessionId for update",
            new { turn.SessionId },
            context.Transaction,
            cancellationToken: cancellationToken));
        return json is null ? SessionContext.Empty : JsonSerializer.Deserialize(json, SafetyJson.Default.SessionContext) ?? SessionContext.Empty;
    }

    public async Task WriteContextAsync(MessageContext context, string sessionId, SessionContext session, CancellationToken cancellationToken) =>
        await context.Connection.ExecuteAsync(new CommandDefinition(
            "update safety.sessions set context = @json::jsonb where session_id = @sessionId and ended_at is null",
            new { sessionId, json = JsonSerializer.Serialize(session, SafetyJson.Default.SessionContext) },
            context.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>Records it and its delivery; false where the turn has one of this category already.</summary>
    public async Task<bool> AddAsync(MessageContext context, Intervention intervention, CancellationToken cancellationToken)
    {
        var added = await context.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into safety.interventions
                (id, organization_id, session_id, turn_id, category, severity, language, matched_layer, matched, message, resources, occurred_at)
            values
                (@Id, @OrganizationId, @SessionId, @TurnId, @Category, @Severity, @Language, @MatchedLayer, @Matched, @Message, @resources::jsonb, @OccurredAt)
            on conflict (session_id, turn_id, category) do nothing
            """,
            new
            {
                intervention.Id,
                intervention.OrganizationId,
                intervention.SessionId,
                intervention.TurnId,
                intervention.Category,
                intervention.Severity,
                intervention.Language,
                intervention.MatchedLayer,
                intervention.Matched,
                intervention.Message,
                resources = JsonSerializer.Serialize(intervention.Resources, SafetyJson.Default.IReadOnlyListLiveResource),
                intervention.OccurredAt,
            },
            context.Transaction,
            cancellationToken: cancellationToken));
        if (added == 0)
        {
            return false;
        }

        // The notification goes out when, and only when, the transaction commits.
        await context.Connection.ExecuteAsync(new CommandDefinition(
            $"insert into safety.deliveries (intervention_id, next_attempt_at) values (@Id, @now); select pg_notify('{Channel}', '')",
            new { intervention.Id, now = timeProvider.GetUtcNow() },
            context.Transaction,
            cancellationToken: cancellationToken));
        return true;
    }

    /// <summary>Null where the organization has no such session.</summary>
    public async Task<IReadOnlyList<Intervention>?> ListAsync(string organizationId, string sessionId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var known = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from safety.sessions where session_id = @sessionId and organization_id = @organizationId)",
            new { organizationId, sessionId },
            cancellationToken: cancellationToken));
        if (!known)
        {
            return null;
        }

        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from safety.interventions i where session_id = @sessionId and organization_id = @organizationId order by occurred_at, id",
            new { organizationId, sessionId },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.AsIntervention())];
    }

    /// <summary>Due deliveries, locked by <paramref name="transaction"/>; another replica skips them.</summary>
    public static async Task<IReadOnlyList<DueDelivery>> TakeDueAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            select {Columns}, d.attempts
            from safety.deliveries d join safety.interventions i on i.id = d.intervention_id
            where d.published_at is null and d.abandoned_at is null and d.next_attempt_at <= @now
            order by i.occurred_at, i.id limit @limit
            for update of d skip locked
            """,
            new { now, limit },
            transaction,
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new DueDelivery(r.AsIntervention(), r.Attempts))];
    }

    /// <param name="error">Null where it was published.</param>
    /// <param name="nextAttemptAt">Null where there is none.</param>
    public static async Task SettleAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string interventionId, DateTimeOffset now, string? error, DateTimeOffset? nextAttemptAt, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update safety.deliveries set
                attempts = attempts + 1,
                last_error = @error,
                published_at = case when @error::text is null then @now end,
                abandoned_at = case when @error::text is not null and @nextAttemptAt::timestamptz is null then @now end,
                next_attempt_at = coalesce(@nextAttemptAt, next_attempt_at)
            where intervention_id = @interventionId
            """,
            new { interventionId, now, error, nextAttemptAt },
            transaction,
            cancellationToken: cancellationToken));

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string OrganizationId { get; init; }

        public required string SessionId { get; init; }

        public required string TurnId { get; init; }

        public required string Category { get; init; }

        public required string Severity { get; init; }

        public required string Language { get; init; }

        public required string MatchedLayer { get; init; }

        public required string Matched { get; init; }

        public required string Message { get; init; }

        public required string Resources { get; init; }

        public DateTimeOffset OccurredAt { get; init; }

        public int Attempts { get; init; }

        public Intervention AsIntervention() => new(
            Id, OrganizationId, SessionId, TurnId, Category, Severity, Language, MatchedLayer, Matched, Message,
            JsonSerializer.Deserialize(Resources, SafetyJson.Default.IReadOnlyListLiveResource) ?? [], OccurredAt);
    }
}
