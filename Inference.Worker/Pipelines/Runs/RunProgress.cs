using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Voice.Inference.Pipelines.Documents;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>Where a run goes when one of its steps has ended. Inside the transaction that ended it, under the lock of the run's row.</summary>
internal static class RunProgress
{
    /// <summary>The run's state; null where there is no such run.</summary>
    public static async Task<string?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string runId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select state from inference.pipeline_runs where id = $1 for update", connection, transaction) { Parameters = { new() { Value = runId } } };
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Makes ready what has all that it waited for; where nothing is left, the run has succeeded. A run that has failed goes no further.</summary>
    public static async Task AdvanceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string runId, PipelineDocument document, CancellationToken cancellationToken)
    {
        var (run, states) = await StatesAsync(connection, transaction, runId, cancellationToken);
        if (run != RunStates.Running)
        {
            return;
        }

        if (states.Values.All(StepStates.IsDone))
        {
            await EndAsync(connection, transaction, runId, RunStates.Succeeded, null, cancellationToken);
            await RunEvents.AppendAsync(connection, transaction, runId, "run.succeeded", [], cancellationToken);
            return;
        }

        var ready = document.Steps
            .Where(step => states[step.Id] == StepStates.Pending && step.Needs.All(need => StepStates.IsDone(states[need])))
            .Select(step => step.Id).ToArray();
        if (ready.Length == 0)
        {
            return;
        }

        await using (var command = new NpgsqlCommand(
            "update inference.pipeline_steps set state = 'ready', available_at = clock_timestamp() where run_id = $1 and id = any ($2) and state = 'pending'", connection, transaction)
        {
            Parameters = { new() { Value = runId }, new() { Value = ready } },
        })
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await RunEvents.NotifyAsync(connection, transaction, RunSignals.Ready, cancellationToken);
    }

    /// <summary>The first failure is the run's; steps that are at work meanwhile may still end.</summary>
    public static async Task FailAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string runId, JsonObject error, CancellationToken cancellationToken)
    {
        if (await EndAsync(connection, transaction, runId, RunStates.Failed, error, cancellationToken))
        {
            await RunEvents.AppendAsync(connection, transaction, runId, "run.failed", new JsonObject { ["error"] = error.DeepClone() }, cancellationToken);
        }
    }

    private static async Task<bool> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string runId, string state, JsonObject? error, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update inference.pipeline_runs set state = $2, error = $3, ended_at = clock_timestamp() where id = $1 and state = 'running'", connection, transaction)
        {
            Parameters =
            {
                new() { Value = runId }, new() { Value = state }, new() { Value = (object?)error?.ToJsonString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static async Task<(string Run, Dictionary<string, string> Steps)> StatesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string runId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select r.state, s.id, s.state from inference.pipeline_steps s join inference.pipeline_runs r on r.id = s.run_id where s.run_id = $1", connection, transaction)
        {
            Parameters = { new() { Value = runId } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (run, states) = ("", new Dictionary<string, string>(StringComparer.Ordinal));
        while (await reader.ReadAsync(cancellationToken))
        {
            run = reader.GetString(0);
            states[reader.GetString(1)] = reader.GetString(2);
        }

        return (run, states);
    }
}
