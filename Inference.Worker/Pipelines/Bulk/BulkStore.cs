using Npgsql;
using Voice.Inference.Pipelines.Api;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults;

namespace Voice.Inference.Pipelines.Bulk;

internal sealed class BulkStore(NpgsqlDataSource database, RunStore runs, TimeProvider time)
{
    /// <summary>All or none. What the pipeline's idempotency rule calls the same as an older run is left out.</summary>
    /// <returns>Null where that left none.</returns>
    public async Task<string?> CreateAsync(IReadOnlyList<NewRun> items, int parallel, CancellationToken cancellationToken)
    {
        var id = Ids.New("bulk", time);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(
            "insert into inference.pipeline_bulk_runs (id, organization_id, pipeline_id, version, parallel, total) values ($1, $2, $3, $4, $5, $6)", connection, transaction))
        {
            foreach (var value in new object[] { id, items[0].OrganizationId, items[0].PipelineId, items[0].Version, parallel, items.Count })
            {
                command.Parameters.Add(new() { Value = value });
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var made = 0;
        foreach (var item in items)
        {
            made += await runs.InsertAsync(connection, transaction, item with { BulkRunId = id }, RunStates.Waiting, cancellationToken) is null ? 0 : 1;
        }

        if (made == 0)
        {
            return null;
        }

        await using (var command = new NpgsqlCommand("update inference.pipeline_bulk_runs set total = $2 where id = $1", connection, transaction))
        {
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = made });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await RunEvents.NotifyAsync(connection, transaction, RunSignals.Ready, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <param name="id">One of them, or empty for a page of the pipeline's.</param>
    public async Task<IReadOnlyList<BulkRunView>> ListAsync(string organizationId, string pipelineId, string id, string before, int count, CancellationToken cancellationToken)
    {
        if (id.Contains('\0', StringComparison.Ordinal))
        {
            return [];
        }

        await using var command = database.CreateCommand(
            """
            with page as (
                select * from inference.pipeline_bulk_runs b
                where b.organization_id = $1 and ($2 = '' or b.pipeline_id = $2) and ($3 = '' or b.id = $3) and ($4 = '' or b.id < $4) order by b.id desc limit $5)
            select p.id, p.pipeline_id, p.version, p.parallel, p.total, p.created_at, r.state, count(r.id) from page p
            left join inference.pipeline_runs r on r.bulk_run_id = p.id
            group by p.id, p.pipeline_id, p.version, p.parallel, p.total, p.created_at, r.state order by p.id desc
            """);
        foreach (var value in new object[] { organizationId, pipelineId, id, before, count })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<BulkRunView> found = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            if (found.Count == 0 || found[^1].Id != reader.GetString(0))
            {
                found.Add(new BulkRunView(
                    reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), 0, new Dictionary<string, long>(),
                    reader.GetFieldValue<DateTimeOffset>(5)));
            }

            if (!reader.IsDBNull(6))
            {
                var (state, number) = (reader.GetString(6), reader.GetInt64(7));
                ((Dictionary<string, long>)found[^1].States)[state] = number;
                found[^1] = found[^1] with { Finished = found[^1].Finished + (RunStates.IsOver(state) ? (int)number : 0) };
            }
        }

        return found;
    }

    /// <summary>Every run that is not over.</summary>
    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        List<string> left = [];
        await using (var command = database.CreateCommand(
            "select id from inference.pipeline_runs where bulk_run_id = $1 and state in ('waiting', 'queued', 'running') order by (state = 'waiting') desc, id"))
        {
            command.Parameters.Add(new() { Value = id });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                left.Add(reader.GetString(0));
            }
        }

        foreach (var run in left)
        {
            await runs.CancelAsync(run, cancellationToken);
        }
    }
}
