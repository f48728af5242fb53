using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>The statements by which a consumer claims, keeps and gives back rows. All times are the database's.</summary>
internal sealed class DeliveryTable(NpgsqlDataSource dataSource, string subscription, SubscriptionOptions options)
{
    private const int MaxReasonLength = 2000;

    // One statement list, whatever of it is needed: so each connection prepares it once. The commit need not reach the disk before it is answered: what a
    // power cut undoes here is delivered again, and the inbox knows what was handled.
    private const string Hasty = "select set_config('synchronous_commit', 'off', true)";

    private const string Complete = """
        delete from messaging.deliveries d using unnest($2::bigint[], $3::uuid[]) as done (sequence, owner)
        where d.subscription = $1 and d.sequence = done.sequence and d.lease_owner = done.owner
        """;

    private const string Renew = """
        update messaging.deliveries d set lease_until = now() + $4
        from unnest($2::bigint[], $3::uuid[]) as held (sequence, owner)
        where d.subscription = $1 and d.sequence = held.sequence and d.lease_owner = held.owner
        returning d.sequence
        """;

    // The oldest free message of up to so many sessions. A session's message is free when none before it is left: rows go when they are done, so "before"
    // is "exists", and a snapshot that is too old only finds less.
    private const string Claim = """
        with free as (
            select sequence from messaging.deliveries d
            where subscription = $1 and available_at <= now() and (lease_until is null or lease_until <= now())
                and not exists (
                    select from messaging.deliveries before
                    where before.subscription = d.subscription and before.key = d.key and before.sequence < d.sequence)
            order by sequence limit $2
            for update of d skip locked)
        update messaging.deliveries d
        set lease_owner = gen_random_uuid(), lease_until = now() + $3, attempt = attempt + 1
        from free where d.subscription = $1 and d.sequence = free.sequence
        returning d.message_id, d.key, d.type, d.body, d.traceparent, d.created_at, d.attempt, d.sequence, d.lease_owner
        """;

    /// <summary>Takes away what is done, keeps what is still worked on and claims new messages, in one round trip and one commit.</summary>
    /// <returns>The new ones, and the numbers of those in <paramref name="held"/> whose lease has not run out and gone to somebody else.</returns>
    public async Task<(List<LeasedDelivery> Claimed, HashSet<long> Kept)> ExchangeAsync(
        IReadOnlyList<LeasedDelivery> done, IReadOnlyList<LeasedDelivery> held, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Hasty),
                Command(Complete, subscription, Sequences(done), Owners(done)),
                Command(Renew, subscription, Sequences(held), Owners(held), options.Lease),
                Command(Claim, subscription, limit, options.Lease),
            },
        };
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        // The setting's own answer, then those of the statements that return rows.
        await reader.NextResultAsync(cancellationToken);
        var kept = new HashSet<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            kept.Add(reader.GetInt64(0));
        }

        await reader.NextResultAsync(cancellationToken);
        var claimed = new List<LeasedDelivery>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new LeasedDelivery(reader.GetInt64(7), reader.GetGuid(8), new MessageDelivery(EnvelopeReader.Read(reader, 0), reader.GetInt32(6))));
        }

        return (claimed, kept);
    }

    public Task<bool> ReleaseAsync(LeasedDelivery delivery, CancellationToken cancellationToken) => ExecuteAsync(
        "update messaging.deliveries set lease_owner = null, lease_until = null, attempt = attempt - 1 where subscription = $1 and sequence = $2 and lease_owner = $3",
        delivery, cancellationToken);

    public Task<bool> RetryAsync(LeasedDelivery delivery, TimeSpan pause, string reason, CancellationToken cancellationToken) => ExecuteAsync(
        """
        update messaging.deliveries set lease_owner = null, lease_until = null, available_at = now() + $4, last_error = $5
        where subscription = $1 and sequence = $2 and lease_owner = $3
        """, delivery, cancellationToken, pause, Shorten(reason));

    public Task<bool> DeadLetterAsync(LeasedDelivery delivery, string reason, CancellationToken cancellationToken) => ExecuteAsync(
        """
        with letter as (delete from messaging.deliveries where subscription = $1 and sequence = $2 and lease_owner = $3 returning *)
        insert into messaging.dead_letters (subscription, message_id, key, type, body, traceparent, created_at, attempts, reason)
        select subscription, message_id, key, type, body, traceparent, created_at, attempt, $4 from letter
        """, delivery, cancellationToken, Shorten(reason));

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    private static long[] Sequences(IReadOnlyList<LeasedDelivery> deliveries) => [.. deliveries.Select(delivery => delivery.Sequence)];

    private static Guid[] Owners(IReadOnlyList<LeasedDelivery> deliveries) => [.. deliveries.Select(delivery => delivery.Owner)];

    private async Task<bool> ExecuteAsync(string sql, LeasedDelivery delivery, CancellationToken cancellationToken, params object[] more)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = subscription });
        command.Parameters.Add(new() { Value = delivery.Sequence });
        command.Parameters.Add(new() { Value = delivery.Owner });
        foreach (var value in more)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static string Shorten(string reason) => reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength];
}
