using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults.Messaging.Postgres;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>
/// Hands committed messages to the transport, oldest first, and deletes them in a transaction that commits after the transport has
/// them: a crash in between publishes twice, never not at all. One relay at a time per schema, by an advisory lock, keeps the order.
/// </summary>
internal sealed partial class OutboxRelay(
    string schema, NpgsqlDataSource dataSource, IMessageTransport transport, MessagingTelemetry telemetry,
    IOptions<SubscriptionOptions> options, TimeProvider timeProvider, ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int BatchSize = 250;
    // Under load each round takes what has come meanwhile: it and all that it wakes cost as much for one message as for fifty.
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var notifications = new NotificationListener(dataSource, Outbox.ChannelOf(schema), timeProvider, logger);
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var began = timeProvider.GetTimestamp();
                var sent = await RelayAsync(stoppingToken);
                failures = 0;
                if (sent < BatchSize)
                {
                    await notifications.WaitAsync(options.Value.PollInterval, stoppingToken);
                }

                if (Round - timeProvider.GetElapsedTime(began) is { Ticks: > 0 } rest && sent is > 0 and < BatchSize)
                {
                    await Task.Delay(rest, timeProvider, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever the transport or the database has, the messages stay where they are until it is over.
                failures++;
                Log.RelayFailed(logger, schema, failures, exception);
                await Task.Delay(PauseAfter(failures), timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(MaxPause.Ticks, TimeSpan.FromMilliseconds(250).Ticks << Math.Min(failures, 10)));

    private async Task<int> RelayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var turn = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 0))", connection, transaction))
        {
            turn.Parameters.Add(new() { Value = Outbox.ChannelOf(schema) });
            if (await turn.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return 0;
            }
        }

        if (transport is IOutboxSink sink)
        {
            var moved = await sink.MoveAsync(schema, BatchSize, connection, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            foreach (var (type, count) in moved)
            {
                telemetry.Published(type, count);
            }

            return moved.Values.Sum();
        }

        var (last, messages) = await ReadAsync(connection, transaction, cancellationToken);
        if (messages.Count == 0)
        {
            return 0;
        }

        await transport.PublishAsync(messages, cancellationToken);

        // By id, not up to the last sequence: a slower transaction may commit a lower number meanwhile.
        await using var delete = new NpgsqlCommand($"delete from {schema}.outbox where sequence <= $1 and id = any($2)", connection, transaction);
        delete.Parameters.Add(new() { Value = last });
        delete.Parameters.Add(new() { Value = messages.Select(message => message.Id).ToArray() });
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var message in messages)
        {
            telemetry.Published(message.Type, 1);
        }

        return messages.Count;
    }

    private async Task<(long Last, List<MessageEnvelope> Messages)> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select sequence, id, key, type, body, traceparent, created_at from {schema}.outbox order by sequence limit {BatchSize}",
            connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (last, messages) = (0L, new List<MessageEnvelope>());
        while (await reader.ReadAsync(cancellationToken))
        {
            last = reader.GetInt64(0);
            messages.Add(EnvelopeReader.Read(reader, 1));
        }

        return (last, messages);
    }
}
