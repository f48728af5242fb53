using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>The statements by which a consumer claims, keeps and gives back rows. All times are the database's.</summary>
internal sealed class DeliveryTable(NpgsqlDataSource dataSource, string subscription, SubscriptionOptions options)
{
    private const int MaxReasonLength = 2000;

    /// <summary>
    /// Claims the oldest free message of up to <paramref name="limit"/> sessions. A session's message is free when none before it is left:
    /// rows go when they are done, so "before" is "exists", and a snapshot that is too old only finds less.
    /// </summary>
    public async Task<List<LeasedDelivery>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
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
            from free where d.sequence = free.sequence
            returning d.message_id, d.key, d.type, d.body, d.traceparent, d.created_at, d.attempt, d.sequence, d.lease_owner
            """);
        command.Parameters.Add(new() { Value = subscription });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = options.Lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<LeasedDelivery>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new LeasedDelivery(reader.GetInt64(7), reader.GetGuid(8), new MessageDelivery(EnvelopeReader.Read(reader, 0), reader.GetInt32(6))));
        }

        return claimed;
    }

    /// <summary>False when the lease has run out and the message is somebody else's.</summary>
    public Task<bool> RenewAsync(LeasedDelivery delivery, CancellationToken cancellationToken) => ExecuteAsync(
        "update messaging.deliveries set lease_until = now() + $3 where sequence = $1 and lease_owner = $2", delivery, cancellationToken, options.Lease);

    public Task<bool> CompleteAsync(LeasedDelivery delivery, CancellationToken cancellationToken) => ExecuteAsync(
        "delete from messaging.deliveries where sequence = $1 and lease_owner = $2", delivery, cancellationToken);

    public Task<bool> ReleaseAsync(LeasedDelivery delivery, CancellationToken cancellationToken) => ExecuteAsync(
        "update messaging.deliveries set lease_owner = null, lease_until = null, attempt = attempt - 1 where sequence = $1 and lease_owner = $2",
        delivery, cancellationToken);

    public Task<bool> RetryAsync(LeasedDelivery delivery, TimeSpan pause, string reason, CancellationToken cancellationToken) => ExecuteAsync(
        """
        update messaging.deliveries set lease_owner = null, lease_until = null, available_at = now() + $3, last_error = $4
        where sequence = $1 and lease_owner = $2
        """, delivery, cancellationToken, pause, Shorten(reason));

    public Task<bool> DeadLetterAsync(LeasedDelivery delivery, string reason, CancellationToken cancellationToken) => ExecuteAsync(
        """
        with letter as (delete from messaging.deliveries where sequence = $1 and lease_owner = $2 returning *)
        insert into messaging.dead_letters (subscription, message_id, key, type, body, traceparent, created_at, attempts, reason)
        select subscription, message_id, key, type, body, traceparent, created_at, attempt, $3 from letter
        """, delivery, cancellationToken, Shorten(reason));

    private async Task<bool> ExecuteAsync(string sql, LeasedDelivery delivery, CancellationToken cancellationToken, params object[] more)
    {
        await using var command = dataSource.CreateCommand(sql);
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
