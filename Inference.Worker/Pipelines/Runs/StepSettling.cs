using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>
/// What an attempt comes to, in one transaction: its result, usage and files, the events, and the steps whose turn it is then. A result of an
/// attempt that is not the step's any more (its lease ran out, the run was cancelled) leaves nothing behind.
/// </summary>
internal sealed class StepSettling(NpgsqlDataSource database, Outbox outbox, PipelineFiles files, TimeProvider time)
{
    private const int LargestRow = 64 * 1024;
    private const int LargestOutput = 16 * 1024 * 1024;

    /// <returns>False where the result was not wanted any more.</returns>
    public async Task<bool> SucceedAsync(ClaimedStep step, PipelineDocument document, StepResult result, CancellationToken cancellationToken)
    {
        var output = result.Output.ToJsonString();
        string? blob = null;
        if (Encoding.UTF8.GetByteCount(output) is var length && length > LargestOutput)
        {
            throw new StepFailedException("output_too_large", $"The step's output has {length} bytes, more than {LargestOutput}.");
        }
        else if (length > LargestRow)
        {
            blob = await files.WriteBlobAsync(
                $"{step.OrganizationId}/{step.RunId}/{step.StepId}.{step.Attempt}.json", "application/json", Encoding.UTF8.GetBytes(output), cancellationToken);
        }

        return await InTransactionAsync(step, async (connection, transaction) =>
        {
            if (!await EndAsync(connection, transaction, step, StepStates.Succeeded, blob is null ? output : null, blob, null, result, cancellationToken))
            {
                return false;
            }

            foreach (var file in result.Files)
            {
                await PipelineFiles.AddAsync(connection, transaction, step.OrganizationId, step.PipelineId, step.RunId, file, cancellationToken);
            }

            await CountAsync(connection, transaction, step, result, cancellationToken);
            var data = new JsonObject { ["step"] = step.StepId, ["attempt"] = step.Attempt };
            if (step.UsesFallback)
            {
                data["fallback"] = true;
            }

            await RunEvents.AppendAsync(connection, transaction, step.RunId, "step.succeeded", data, cancellationToken);
            await RunProgress.AdvanceAsync(connection, transaction, step.RunId, document, cancellationToken);
            return true;
        }, cancellationToken);
    }

    public Task<bool> SkipAsync(ClaimedStep step, PipelineDocument document, CancellationToken cancellationToken) =>
        InTransactionAsync(step, async (connection, transaction) =>
        {
            if (!await EndAsync(connection, transaction, step, StepStates.Skipped, null, null, null, null, cancellationToken))
            {
                return false;
            }

            await RunEvents.AppendAsync(connection, transaction, step.RunId, "step.skipped", new JsonObject { ["step"] = step.StepId }, cancellationToken);
            await RunProgress.AdvanceAsync(connection, transaction, step.RunId, document, cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>Again after a pause, by its fallback, or for good: then the run has failed, and goes on from here when it is resumed.</summary>
    public Task<bool> FailAsync(ClaimedStep step, PipelineStep declared, StepFailedException failure, CancellationToken cancellationToken) =>
        InTransactionAsync(step, async (connection, transaction) =>
        {
            var error = new JsonObject { ["step"] = step.StepId, ["code"] = failure.Code, ["message"] = failure.Message };
            var again = failure.Retryable && step.Failures + 1 < declared.Retry.Attempts;
            var fallback = !again && !step.UsesFallback && declared.Fallback is not null;
            if (!again && !fallback)
            {
                return await EndAsync(connection, transaction, step, StepStates.Failed, null, null, error, null, cancellationToken)
                    && await EndRunAsync(connection, transaction, step, error, cancellationToken);
            }

            var pause = again ? PauseBefore(declared.Retry, step.Failures + 1, failure.RetryAfter) : TimeSpan.Zero;
            if (!await ReadyAgainAsync(connection, transaction, step, again ? step.Failures + 1 : 0, step.UsesFallback || fallback, pause, error, cancellationToken))
            {
                return false;
            }

            var data = new JsonObject { ["step"] = step.StepId, ["attempt"] = step.Attempt, ["error"] = error.DeepClone() };
            await RunEvents.AppendAsync(connection, transaction, step.RunId, again ? "step.retrying" : "step.falling_back", data, cancellationToken);
            await RunEvents.NotifyAsync(connection, transaction, RunSignals.Ready, cancellationToken);
            return true;
        }, cancellationToken);

    private static TimeSpan PauseBefore(RetryRule rule, int failures, TimeSpan? wanted)
    {
        var own = rule.Pause * Math.Pow(2, failures - 1);
        return TimeSpan.FromSeconds(Math.Min(600, Math.Max(own.TotalSeconds, wanted?.TotalSeconds ?? 0)));
    }

    private static async Task<bool> ReadyAgainAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimedStep step, int failures, bool fallback, TimeSpan pause, JsonObject error, CancellationToken cancellationToken)
    {
        await using (var command = new NpgsqlCommand(
            """
            update inference.pipeline_steps set state = 'ready', failures = $4, losses = 0, uses_fallback = $5, available_at = now() + $6, lease_owner = null, lease_until = null, error = $7
            where run_id = $1 and id = $2 and lease_owner = $3 and state = 'running'
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = step.RunId }, new() { Value = step.StepId }, new() { Value = step.Owner }, new() { Value = failures }, new() { Value = fallback },
                new() { Value = pause }, Json(error),
            },
        })
        {
            if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                return false;
            }
        }

        await EndAttemptAsync(connection, transaction, step, "failed", error, cancellationToken);
        return true;
    }

    private static async Task<bool> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimedStep step, string state, string? output, string? blob, JsonObject? error, StepResult? result,
        CancellationToken cancellationToken)
    {
        await using (var command = new NpgsqlCommand(
            """
            update inference.pipeline_steps
            set state = $4, output = $5, output_blob = $6, error = $7, usage = $8, cost = $9, lease_owner = null, lease_until = null, ended_at = clock_timestamp()
            where run_id = $1 and id = $2 and lease_owner = $3 and state = 'running'
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = step.RunId }, new() { Value = step.StepId }, new() { Value = step.Owner }, new() { Value = state },
                new() { Value = (object?)output ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = (object?)blob ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, Json(error), Json(Counted(result)), new() { Value = result?.Cost ?? 0 },
            },
        })
        {
            if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                return false;
            }
        }

        await EndAttemptAsync(connection, transaction, step, state, error, cancellationToken);
        return true;
    }

    private static async Task EndAttemptAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimedStep step, string outcome, JsonObject? error, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update inference.pipeline_attempts set outcome = $4, error = $5, ended_at = clock_timestamp() where run_id = $1 and step_id = $2 and number = $3", connection, transaction)
        {
            Parameters = { new() { Value = step.RunId }, new() { Value = step.StepId }, new() { Value = step.Attempt }, new() { Value = outcome }, Json(error) },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> EndRunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimedStep step, JsonObject error, CancellationToken cancellationToken)
    {
        var data = new JsonObject { ["step"] = step.StepId, ["attempt"] = step.Attempt, ["error"] = error.DeepClone() };
        await RunEvents.AppendAsync(connection, transaction, step.RunId, "step.failed", data, cancellationToken);
        await RunProgress.FailAsync(connection, transaction, step.RunId, error, cancellationToken);
        return true;
    }

    private static JsonObject Counted(StepResult? result) =>
        new(result?.Usage.Select(used => KeyValuePair.Create(used.Key, (JsonNode?)JsonValue.Create(used.Value))) ?? []);

    private static NpgsqlParameter Json(JsonObject? value) => new() { Value = (object?)value?.ToJsonString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <summary>Published if and only if the result is kept; the id is the step's, so that whoever counts it twice counts it once.</summary>
    private async Task CountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimedStep step, StepResult result, CancellationToken cancellationToken)
    {
        foreach (var (kind, quantity) in result.Usage)
        {
            var usage = new UsageRecorded(
                step.RunId, step.OrganizationId, $"{step.RunId}:{step.StepId}:{kind}", step.Subject, kind, Math.Round(quantity, 3), time.GetUtcNow(), 0);
            await outbox.AddAsync(connection, transaction, usage, cancellationToken);
        }
    }

    private async Task<bool> InTransactionAsync(ClaimedStep step, Func<NpgsqlConnection, NpgsqlTransaction, Task<bool>> settle, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RunProgress.LockAsync(connection, transaction, step.RunId, cancellationToken) is not (RunStates.Running or RunStates.Failed) || !await settle(connection, transaction))
        {
            return false;
        }

        // Commits although it may have been told to stop by now: the work is done.
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
