using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.ServiceDefaults;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>Makes runs, and changes them from outside: cancel and resume. Whoever changes steps has locked their run first.</summary>
internal sealed class RunStore(NpgsqlDataSource database, TimeProvider time)
{
    private const int MaxKey = 500;

    /// <returns>The run, which is an older one where the pipeline's idempotency rule says that this is the same.</returns>
    public async Task<(string Id, bool Created)> CreateAsync(NewRun run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var id = await InsertAsync(connection, transaction, run, RunStates.Queued, cancellationToken);
        if (id is null)
        {
            return (await FindByKeyAsync(connection, transaction, run, cancellationToken), false);
        }

        await RunEvents.NotifyAsync(connection, transaction, RunSignals.Ready, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (id, true);
    }

    /// <returns>Null where there is such a run already, by the pipeline's idempotency rule.</returns>
    public async Task<string?> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewRun run, string state, CancellationToken cancellationToken)
    {
        var id = Ids.New("run", time);
        await using (var command = new NpgsqlCommand(
            """
            insert into inference.pipeline_runs (id, organization_id, pipeline_id, version, bulk_run_id, state, inputs, idempotency_key, subject, source_run_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (organization_id, pipeline_id, idempotency_key) where idempotency_key is not null do nothing
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = run.OrganizationId }, new() { Value = run.PipelineId }, new() { Value = run.Version }, Text(run.BulkRunId), new() { Value = state },
                new() { Value = run.Inputs.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb }, Text(Key(run)), new() { Value = run.Subject }, Text(run.Source),
            },
        })
        {
            if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                return null;
            }
        }

        var steps = run.Document.Steps;
        await using (var command = new NpgsqlCommand(
            """
            insert into inference.pipeline_steps (run_id, id, position, type, state)
            select $1, s.id, s.position - 1, s.type, s.state from unnest($2, $3, $4) with ordinality as s (id, type, state, position)
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = steps.Select(step => step.Id).ToArray() }, new() { Value = steps.Select(step => step.Type.Name).ToArray() },
                new() { Value = steps.Select(step => step.Needs.Count == 0 ? StepStates.Ready : StepStates.Pending).ToArray() },
            },
        })
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var file in run.Files)
        {
            await PipelineFiles.AddAsync(connection, transaction, run.OrganizationId, run.PipelineId, id, file, cancellationToken);
        }

        await RunEvents.AppendAsync(connection, transaction, id, "run.created", new JsonObject { ["version"] = run.Version }, cancellationToken);
        return id;
    }

    /// <summary>Whatever is at work is told, and its result thrown away. False where the run was over.</summary>
    public Task<bool> CancelAsync(string runId, CancellationToken cancellationToken) => ChangeAsync(runId, async (connection, transaction, state) =>
    {
        if (RunStates.IsOver(state))
        {
            return false;
        }

        await ExecuteAsync(
            connection, transaction,
            """
            with ended as (update inference.pipeline_runs set state = 'cancelled', ended_at = now() where id = $1),
            attempts as (update inference.pipeline_attempts set outcome = 'cancelled', ended_at = now() where run_id = $1 and outcome is null)
            update inference.pipeline_steps set state = 'cancelled', lease_owner = null, lease_until = null, ended_at = now()
            where run_id = $1 and state in ('pending', 'ready', 'running')
            """, runId, cancellationToken);
        await RunEvents.AppendAsync(connection, transaction, runId, "run.cancelled", [], cancellationToken);
        await RunEvents.NotifyAsync(connection, transaction, RunSignals.CancelPrefix + runId, cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>From where it stopped; what has succeeded is not done again. False where the run has neither failed nor been cancelled.</summary>
    public Task<bool> ResumeAsync(string runId, PipelineDocument document, CancellationToken cancellationToken) => ChangeAsync(runId, async (connection, transaction, state) =>
    {
        if (state is not (RunStates.Failed or RunStates.Cancelled))
        {
            return false;
        }

        await ExecuteAsync(
            connection, transaction,
            """
            with again as (update inference.pipeline_runs set state = 'running', error = null, ended_at = null, started_at = coalesce(started_at, now()) where id = $1)
            update inference.pipeline_steps
            set state = 'pending', failures = 0, losses = 0, uses_fallback = false, error = null, ended_at = null, lease_owner = null, lease_until = null
            where run_id = $1 and state in ('failed', 'cancelled')
            """, runId, cancellationToken);
        await RunEvents.AppendAsync(connection, transaction, runId, "run.resumed", [], cancellationToken);
        await RunProgress.AdvanceAsync(connection, transaction, runId, document, cancellationToken);
        await RunEvents.NotifyAsync(connection, transaction, RunSignals.Ready, cancellationToken);
        return true;
    }, cancellationToken);

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static string? Key(NewRun run)
    {
        if (run.Document.IdempotencyKey is not { } template || run.Source is not null)
        {
            // A repetition is asked for.
            return null;
        }

        var values = new RunValues("", run.Inputs, new Dictionary<string, JsonNode?>());
        var key = Template.Written(Template.Resolve(JsonValue.Create(template), values.Of));
        return key.Length <= MaxKey ? key : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
    }

    private static async Task<string> FindByKeyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewRun run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select id from inference.pipeline_runs where organization_id = $1 and pipeline_id = $2 and idempotency_key = $3", connection, transaction)
        {
            Parameters = { new() { Value = run.OrganizationId }, new() { Value = run.PipelineId }, new() { Value = Key(run)! } },
        };
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, string runId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = runId } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> ChangeAsync(string runId, Func<NpgsqlConnection, NpgsqlTransaction, string, Task<bool>> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RunProgress.LockAsync(connection, transaction, runId, cancellationToken) is not { } state || !await change(connection, transaction, state))
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
