using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>
/// The bus in the platform's own database: schema <c>messaging</c>, a row per subscription and message. A row is claimed by a lease,
/// which its consumer renews while it works and which runs out when the consumer is dead.
/// </summary>
internal sealed class PostgresTransport(NpgsqlDataSource dataSource, TimeProvider timeProvider, ILogger<PostgresTransport> logger) : IMessageTransport, IOutboxSink
{
    public async Task PublishAsync(IReadOnlyList<MessageEnvelope> messages, CancellationToken cancellationToken)
    {
        // unnest keeps the order of the arrays, so that sequence numbers follow the order of publication.
        const string Insert = """
            insert into messaging.deliveries (subscription, message_id, key, type, body, traceparent, created_at)
            select s.name, m.id, m.key, m.type, m.body, m.traceparent, m.created_at
            from unnest($2, $3, $4, $5, $6, $7, $8) with ordinality as m (id, key, type, body, traceparent, created_at, worker, position)
            cross join unnest(case when m.worker is null then $1 else array[m.worker] end) as s (name)
            order by m.position
            on conflict (subscription, message_id) do nothing
            """;
        var workers = messages.Select(message => Subscriptions.OfWork(message.Type)).ToArray();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var insert = new NpgsqlCommand(Insert, connection, transaction)
        {
            Parameters =
            {
                new() { Value = Subscriptions.Events.ToArray() },
                new() { Value = messages.Select(message => message.Id).ToArray() },
                new() { Value = messages.Select(message => message.Key).ToArray() },
                new() { Value = messages.Select(message => message.Type).ToArray() },
                new() { Value = messages.Select(message => message.Body).ToArray() },
                new() { Value = messages.Select(message => message.TraceParent).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = messages.Select(message => message.CreatedAt.ToUniversalTime()).ToArray() },
                new() { Value = workers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        })
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await NotifyAsync(messages.Select(message => message.Type), connection, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, int>> MoveAsync(
        string schema, int limit, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        // What is taken is what is stored, so that no message of a slower transaction with a lower number is lost between the two.
        var move = $"""
            with taken as (
                delete from {schema}.outbox where sequence in (select sequence from {schema}.outbox order by sequence limit $1)
                returning sequence, id, key, type, body, traceparent, created_at),
            stored as (
                insert into messaging.deliveries (subscription, message_id, key, type, body, traceparent, created_at)
                select s.name, t.id, t.key, t.type, t.body, t.traceparent, t.created_at
                from taken t
                left join unnest($3, $4) as work (type, worker) on work.type = t.type
                cross join unnest(case when work.worker is null then $2 else array[work.worker] end) as s (name)
                order by t.sequence
                on conflict (subscription, message_id) do nothing)
            select type, count(*)::int from taken group by type
            """;
        var moved = new Dictionary<string, int>();
        await using (var command = new NpgsqlCommand(move, connection, transaction)
        {
            Parameters =
            {
                new() { Value = limit },
                new() { Value = Subscriptions.Events.ToArray() },
                new() { Value = Subscriptions.Work.Keys.ToArray() },
                new() { Value = Subscriptions.Work.Values.ToArray() },
            },
        })
        {
            await command.PrepareAsync(cancellationToken);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                moved.Add(reader.GetString(0), reader.GetInt32(1));
            }
        }

        if (moved.Count > 0)
        {
            await NotifyAsync(moved.Keys, connection, transaction, cancellationToken);
        }

        return moved;
    }

    public async Task ReceiveAsync(
        string subscription, SubscriptionOptions options, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler,
        CancellationToken cancellationToken)
    {
        var table = new DeliveryTable(dataSource, subscription, options);
        var work = new DeliveryWork(subscription, options, table, handler, logger);
        await using var consumer = new PostgresConsumer(subscription, options, table, work, dataSource, timeProvider, logger);
        await consumer.RunAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string subscription, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            select message_id, key, type, body, traceparent, created_at, attempts, reason, dead_at
            from messaging.dead_letters where subscription = $1 order by dead_at, message_id limit $2
            """);
        command.Parameters.Add(new() { Value = subscription });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            letters.Add(new DeadLetter(
                subscription, EnvelopeReader.Read(reader, 0), reader.GetInt32(6), reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return letters;
    }

    public async Task<bool> ReplayAsync(string subscription, string messageId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            with letter as (delete from messaging.dead_letters where subscription = $1 and message_id = $2 returning *),
            restored as (
                insert into messaging.deliveries (subscription, message_id, key, type, body, traceparent, created_at)
                select subscription, message_id, key, type, body, traceparent, created_at from letter
                on conflict (subscription, message_id) do nothing)
            select pg_notify($3, '') from letter
            """);
        command.Parameters.Add(new() { Value = subscription });
        command.Parameters.Add(new() { Value = messageId });
        command.Parameters.Add(new() { Value = ChannelOf(subscription) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    private static async Task NotifyAsync(
        IEnumerable<string> types, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var subscriptions = types.Distinct().SelectMany(type => Subscriptions.OfWork(type) is { } worker ? [worker] : Subscriptions.Events).Distinct();
        await using var notify = new NpgsqlCommand("select pg_notify(channel, '') from unnest($1) as channel", connection, transaction);
        notify.Parameters.Add(new() { Value = subscriptions.Select(ChannelOf).ToArray() });
        await notify.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static string ChannelOf(string subscription) => $"messaging_{subscription}";
}
