using System.Diagnostics;
using Npgsql;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>Publishes as part of the caller's transaction: committed with it or never sent. A relay sends what is committed.</summary>
public sealed class Outbox
{
    private readonly TimeProvider _timeProvider;
    private readonly string _insert;

    internal Outbox(string schema, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        // The notification is delivered when, and only when, the transaction commits.
        _insert = $"""
            with stored as (insert into {schema}.outbox (id, key, type, body, traceparent, created_at) values ($1, $2, $3, $4, $5, $6))
            select pg_notify('{ChannelOf(schema)}', '')
            """;
    }

    public async Task AddAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ISessionMessage message, CancellationToken cancellationToken)
    {
        var type = message.GetType().Name;
        using var activity = MessagingTelemetry.Source.StartActivity($"publish {type}", ActivityKind.Producer);
        activity?.SetTag("messaging.destination.name", Topics.SessionEvents);
        await using var command = new NpgsqlCommand(_insert, connection, transaction)
        {
            Parameters =
            {
                new() { Value = Ids.New("msg", _timeProvider) },
                new() { Value = message.SessionId },
                new() { Value = type },
                new() { Value = MessageTypes.Serialize(message) },
                new() { Value = (object?)Activity.Current?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = _timeProvider.GetUtcNow().ToUniversalTime() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static string ChannelOf(string schema) => $"outbox_{schema}";
}
