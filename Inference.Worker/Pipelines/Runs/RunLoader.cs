using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Npgsql;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>What a step needs to begin: its pipeline as it was when the run was made, and the values that references lead to.</summary>
internal sealed class RunLoader(NpgsqlDataSource database, PipelineFiles files)
{
    private const int MaxDocuments = 500;

    // A version never changes.
    private readonly ConcurrentDictionary<(string Organization, string Pipeline, int Version), PipelineDocument> _documents = new();

    public async Task<PipelineDocument> DocumentAsync(string organizationId, string pipelineId, int version, CancellationToken cancellationToken)
    {
        if (_documents.TryGetValue((organizationId, pipelineId, version), out var known))
        {
            return known;
        }

        await using var command = database.CreateCommand(
            "select document::text from inference.pipeline_versions where organization_id = $1 and pipeline_id = $2 and version = $3");
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = pipelineId });
        command.Parameters.Add(new() { Value = version });
        var text = await command.ExecuteScalarAsync(cancellationToken) as string ?? throw new InvalidOperationException($"Version {version} of pipeline {pipelineId} is gone.");
        var document = DocumentReader.Read(JsonNode.Parse(text)).Document
            ?? throw new InvalidOperationException($"Version {version} of pipeline {pipelineId} was saved and cannot be read.");
        if (_documents.Count >= MaxDocuments)
        {
            _documents.Clear();
        }

        return _documents[(organizationId, pipelineId, version)] = document;
    }

    public async Task<RunValues> ValuesAsync(string runId, CancellationToken cancellationToken)
    {
        List<(string Step, string? Output, string? Blob)> rows = [];
        var inputs = "{}";
        await using (var command = database.CreateCommand(
            """
            select r.inputs::text, s.id, s.output::text, s.output_blob from inference.pipeline_runs r
            left join inference.pipeline_steps s on s.run_id = r.id and s.state = 'succeeded' where r.id = $1
            """))
        {
            command.Parameters.Add(new() { Value = runId });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                inputs = reader.GetString(0);
                if (!reader.IsDBNull(1))
                {
                    rows.Add((reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
                }
            }
        }

        var outputs = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (step, output, blob) in rows)
        {
            outputs[step] = blob is null ? JsonNode.Parse(output ?? "null") : JsonNode.Parse((await files.ReadBlobAsync(blob, cancellationToken)).Span);
        }

        return new RunValues(runId, JsonNode.Parse(inputs)!.AsObject(), outputs);
    }
}
