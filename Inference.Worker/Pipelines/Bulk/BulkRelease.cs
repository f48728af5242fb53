using Npgsql;

namespace Voice.Inference.Pipelines.Bulk;

/// <summary>
/// Lets runs of bulk runs begin while fewer than their number are at work. Looks instead of being told when one ends, so that nothing
/// that a worker takes with it can hold a bulk run up.
/// </summary>
internal sealed class BulkRelease(NpgsqlDataSource database)
{
    private const int AtOnce = 20;

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await WaitingAsync(cancellationToken))
        {
            await ReleaseAsync(id, cancellationToken);
        }
    }

    private async Task<List<string>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select b.id from inference.pipeline_bulk_runs b
            where exists (select from inference.pipeline_runs r where r.bulk_run_id = b.id and r.state = 'waiting')
                and (select count(*) from inference.pipeline_runs r where r.bulk_run_id = b.id and r.state in ('queued', 'running')) < b.parallel
            order by b.id limit {AtOnce}
            """);
        List<string> found = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    /// <summary>Under the lock of the bulk run's row, so that two workers do not both fill the same places. Who has it already does the same.</summary>
    private async Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var lockRow = new NpgsqlCommand("select parallel from inference.pipeline_bulk_runs where id = $1 for update skip locked", connection, transaction) { Parameters = { new() { Value = id } } })
        {
            if (await lockRow.ExecuteScalarAsync(cancellationToken) is null)
            {
                return;
            }
        }

        // Materialised: a plan may evaluate a subquery with a limit more than once, and each time lock others.
        await using var command = new NpgsqlCommand(
            """
            with room as materialized (
                select greatest(0, b.parallel - (select count(*) from inference.pipeline_runs r where r.bulk_run_id = b.id and r.state in ('queued', 'running'))) as places
                from inference.pipeline_bulk_runs b where b.id = $1),
            next as materialized (
                select id from inference.pipeline_runs where bulk_run_id = $1 and state = 'waiting' order by id limit (select places from room) for update skip locked)
            update inference.pipeline_runs r set state = 'queued' from next where r.id = next.id
            """, connection, transaction)
        {
            Parameters = { new() { Value = id } },
        };
        if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            await Runs.RunEvents.NotifyAsync(connection, transaction, Runs.RunSignals.Ready, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
