using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>Claims steps, keeps them, gives them back. All times are the database's. Whoever changes steps has locked their run first.</summary>
internal sealed class StepQueue(NpgsqlDataSource database, IOptions<PipelineOptions> options)
{
    private readonly TimeSpan _lease = options.Value.Lease;

    public async Task<IReadOnlyList<ClaimedStep>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var claimed = await ClaimAsync(connection, transaction, limit, cancellationToken);
        foreach (var (step, lost, first) in claimed)
        {
            if (first)
            {
                await RunEvents.AppendAsync(connection, transaction, step.RunId, "run.started", [], cancellationToken);
            }

            await RememberAsync(connection, transaction, step, lost, cancellationToken);
        }

        if (claimed.Count > 0)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return [.. claimed.Select(claim => claim.Step)];
    }

    /// <summary>How long until a step that waits (for its next attempt, or for a lease to run out) can be claimed; null where none does.</summary>
    public async Task<TimeSpan?> UntilNextAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select greatest(interval '0', min(greatest(available_at, coalesce(lease_until, available_at))) - now()) from inference.pipeline_steps
            where state in ('ready', 'running') and greatest(available_at, coalesce(lease_until, available_at)) > now()
            """);
        return await command.ExecuteScalarAsync(cancellationToken) as TimeSpan?;
    }

    /// <summary>False where the step is somebody else's, or nobody's: cancelled, or the lease ran out.</summary>
    public async Task<bool> RenewAsync(ClaimedStep step, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update inference.pipeline_steps set lease_until = now() + $4 where run_id = $1 and id = $2 and lease_owner = $3 and state = 'running'");
        Add(command, step);
        command.Parameters.Add(new() { Value = _lease });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Not the step's fault, the worker stops or is full: it is somebody's again at once or after a pause, and the attempt is forgotten.</summary>
    public async Task ReleaseAsync(ClaimedStep step, TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with released as (
                update inference.pipeline_steps set state = 'ready', lease_owner = null, lease_until = null, available_at = now() + $4
                where run_id = $1 and id = $2 and lease_owner = $3 and state = 'running' returning run_id, id, attempt),
            forgotten as (
                update inference.pipeline_attempts a set outcome = 'released', ended_at = now()
                from released r where a.run_id = r.run_id and a.step_id = r.id and a.number = r.attempt)
            select pg_notify('pipelines', 'ready') from released
            """);
        Add(command, step);
        command.Parameters.Add(new() { Value = pause });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlCommand command, ClaimedStep step)
    {
        command.Parameters.Add(new() { Value = step.RunId });
        command.Parameters.Add(new() { Value = step.StepId });
        command.Parameters.Add(new() { Value = step.Owner });
    }

    private async Task<List<(ClaimedStep Step, bool Lost, bool First)>> ClaimAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int limit, CancellationToken cancellationToken)
    {
        // A run that somebody else has locked is passed over and found again a moment later.
        await using var command = new NpgsqlCommand(
            """
            with due as (
                select s.run_id, s.id, s.state = 'running' as lost, r.state = 'queued' as first, r.organization_id, r.pipeline_id, r.version, r.subject
                from inference.pipeline_steps s join inference.pipeline_runs r on r.id = s.run_id
                where s.state in ('ready', 'running') and s.available_at <= now() and (s.lease_until is null or s.lease_until <= now())
                    and r.state in ('queued', 'running')
                order by s.available_at, s.run_id, s.position limit $1
                for update of s, r skip locked),
            started as (
                update inference.pipeline_runs r set state = 'running', started_at = coalesce(r.started_at, now())
                where r.state = 'queued' and r.id in (select run_id from due)),
            lost as (
                update inference.pipeline_attempts a set outcome = 'lost', ended_at = now()
                from due where due.lost and a.run_id = due.run_id and a.step_id = due.id and a.outcome is null)
            update inference.pipeline_steps s
            set state = 'running', attempt = s.attempt + 1, losses = s.losses + due.lost::int, lease_owner = gen_random_uuid(), lease_until = now() + $2,
                started_at = coalesce(s.started_at, now())
            from due where s.run_id = due.run_id and s.id = due.id
            returning s.run_id, s.id, s.lease_owner, s.attempt, s.failures, s.losses, s.uses_fallback, due.organization_id, due.pipeline_id, due.version,
                due.subject, due.lost, due.first and s.position = (select min(x.position) from inference.pipeline_steps x join due d on d.run_id = x.run_id and d.id = x.id where x.run_id = s.run_id)
            """, connection, transaction)
        {
            Parameters = { new() { Value = limit }, new() { Value = _lease } },
        };
        List<(ClaimedStep, bool, bool)> claimed = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add((
                new ClaimedStep(
                    reader.GetString(0), reader.GetString(1), reader.GetGuid(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetBoolean(6),
                    reader.GetString(7), reader.GetString(8), reader.GetInt32(9), reader.GetString(10)),
                reader.GetBoolean(11), reader.GetBoolean(12)));
        }

        return claimed;
    }

    private static async Task RememberAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimedStep step, bool lost, CancellationToken cancellationToken)
    {
        await using (var command = new NpgsqlCommand(
            "insert into inference.pipeline_attempts (run_id, step_id, number, action) values ($1, $2, $3, $4)", connection, transaction)
        {
            Parameters = { new() { Value = step.RunId }, new() { Value = step.StepId }, new() { Value = step.Attempt }, new() { Value = step.UsesFallback ? "fallback" : "step" } },
        })
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var data = new JsonObject { ["step"] = step.StepId, ["attempt"] = step.Attempt };
        if (lost)
        {
            data["after_lost_worker"] = true;
        }

        await RunEvents.AppendAsync(connection, transaction, step.RunId, "step.started", data, cancellationToken);
    }
}
