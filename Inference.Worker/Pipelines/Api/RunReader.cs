using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Runs;

namespace Voice.Inference.Pipelines.Api;

/// <summary>Runs as clients see them.</summary>
internal sealed class RunReader(NpgsqlDataSource database, RunLoader loader)
{
    private const string Columns = """
        r.id, r.pipeline_id, r.version, r.state, r.bulk_run_id, r.source_run_id, r.error::text,
        (select coalesce(sum(s.cost), 0) from inference.pipeline_steps s where s.run_id = r.id), r.created_at, r.started_at, r.ended_at
        """;

    /// <summary>The newest first, before an id.</summary>
    /// <param name="bulkRunId">Of one bulk run only.</param>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(
        string organizationId, string pipelineId, string? bulkRunId, string? state, string? before, int count, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from inference.pipeline_runs r
            where r.organization_id = $1 and r.pipeline_id = $2 and ($3 = '' or r.bulk_run_id = $3) and ($4 = '' or r.state = $4) and ($5 = '' or r.id < $5)
            order by r.id desc limit $6
            """);
        foreach (var value in new object[] { organizationId, pipelineId, bulkRunId ?? "", state ?? "", before ?? "", count })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<RunSummary> runs = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(Summary(reader));
        }

        return runs;
    }

    /// <summary>Null where the organization has no such run.</summary>
    public async Task<RunSummary?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        if (id.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        await using var command = database.CreateCommand($"select {Columns} from inference.pipeline_runs r where r.organization_id = $1 and r.id = $2");
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Summary(reader) : null;
    }

    public async Task<RunDetail> DetailAsync(string organizationId, RunSummary run, CancellationToken cancellationToken)
    {
        var document = await loader.DocumentAsync(organizationId, run.PipelineId, run.Version, cancellationToken);
        var values = await loader.ValuesAsync(run.Id, cancellationToken);
        var attempts = await AttemptsAsync(run.Id, cancellationToken);
        var steps = await StepsAsync(run.Id, document, values, attempts, cancellationToken);
        var usage = steps.SelectMany(step => step.Usage).GroupBy(used => used.Key).ToDictionary(kind => kind.Key, kind => kind.Sum(used => used.Value));
        return new RunDetail(
            run.Id, run.PipelineId, run.Version, run.State, run.BulkRunId, run.SourceRunId, run.Error, run.Cost, run.CreatedAt, run.StartedAt, run.EndedAt,
            Element(values.Inputs), Element(Template.Resolve(document.Outputs, values.Of)), usage, steps);
    }

    private static JsonElement Element(JsonNode? value) => JsonElement.Parse(value?.ToJsonString() ?? "null");

    private static RunSummary Summary(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), Text(reader, 4), Text(reader, 5), Error(reader, 6), reader.GetDecimal(7),
        reader.GetFieldValue<DateTimeOffset>(8), Moment(reader, 9), Moment(reader, 10));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Moment(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static RunError? Error(NpgsqlDataReader reader, int column) =>
        Text(reader, column) is { } text && JsonNode.Parse(text) is JsonObject error ? new RunError((string?)error["step"], (string)error["code"]!, (string)error["message"]!) : null;

    private async Task<ILookup<string, AttemptView>> AttemptsAsync(string runId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select step_id, number, action, outcome, error::text, started_at, ended_at from inference.pipeline_attempts where run_id = $1 order by step_id, number");
        command.Parameters.Add(new() { Value = runId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(string Step, AttemptView Attempt)> attempts = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            attempts.Add((reader.GetString(0), new AttemptView(
                reader.GetInt32(1), reader.GetString(2), Text(reader, 3), Error(reader, 4), reader.GetFieldValue<DateTimeOffset>(5), Moment(reader, 6))));
        }

        return attempts.ToLookup(attempt => attempt.Step, attempt => attempt.Attempt);
    }

    private async Task<IReadOnlyList<StepView>> StepsAsync(
        string runId, PipelineDocument document, RunValues values, ILookup<string, AttemptView> attempts, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select id, type, state, uses_fallback, error::text, started_at, ended_at, usage::text, cost from inference.pipeline_steps where run_id = $1 order by position");
        command.Parameters.Add(new() { Value = runId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<StepView> steps = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, started, ended) = (reader.GetString(0), Moment(reader, 5), Moment(reader, 6));
            steps.Add(new StepView(
                id, reader.GetString(1), reader.GetString(2), document.FindStep(id)?.Needs ?? [], reader.GetBoolean(3),
                Element(values.Outputs.GetValueOrDefault(id)), Error(reader, 4), started, ended,
                ended - started is { } took ? Math.Round(took.TotalMilliseconds, 1) : null,
                JsonSerializer.Deserialize<Dictionary<string, decimal>>(reader.GetString(7)) ?? [], reader.GetDecimal(8), [.. attempts[id]]));
        }

        return steps;
    }
}
