using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>What happened in a run, numbered without a gap, in the transaction in which it happened.</summary>
internal sealed class RunEvents(NpgsqlDataSource database)
{
    public const string Channel = "pipelines";

    private const int PageSize = 200;

    /// <summary>The run's row is locked, so that numbers follow the order of commits.</summary>
    public static async Task AppendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string runId, string type, JsonObject data, CancellationToken cancellationToken)
    {
        // The notification is delivered when, and only when, the transaction commits.
        await using var command = new NpgsqlCommand(
            $"""
            with next as (update inference.pipeline_runs set last_event = last_event + 1 where id = $1 returning last_event),
            stored as (insert into inference.pipeline_events (run_id, sequence, type, data) select $1, last_event, $2, $3 from next)
            select pg_notify('{Channel}', 'event:' || $1)
            """, connection, transaction)
        {
            Parameters = { new() { Value = runId }, new() { Value = type }, new() { Value = data.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tells every worker: there is work, or a run is cancelled.</summary>
    public static async Task NotifyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string message, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select pg_notify('{Channel}', $1)", connection, transaction) { Parameters = { new() { Value = message } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A page of those after a number, and the run's state at that moment.</summary>
    public async Task<(string State, IReadOnlyList<RunEvent> Events)> ListAsync(string runId, long after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select r.state, e.sequence, e.type, e.data::text, e.occurred_at from inference.pipeline_runs r
            left join inference.pipeline_events e on e.run_id = r.id and e.sequence > $2
            where r.id = $1 order by e.sequence limit {PageSize}
            """);
        command.Parameters.Add(new() { Value = runId });
        command.Parameters.Add(new() { Value = after });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (state, events) = (RunStates.Cancelled, new List<RunEvent>());
        while (await reader.ReadAsync(cancellationToken))
        {
            state = reader.GetString(0);
            if (!reader.IsDBNull(1))
            {
                events.Add(new RunEvent(reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
            }
        }

        return (state, events);
    }
}

/// <param name="Data">JSON.</param>
internal sealed record RunEvent(long Sequence, string Type, string Data, DateTimeOffset OccurredAt);
