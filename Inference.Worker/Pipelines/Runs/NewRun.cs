using System.Text.Json.Nodes;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;

namespace Voice.Inference.Pipelines.Runs;

/// <param name="Files">In Blob Storage, without a row yet.</param>
/// <param name="Source">The run that it repeats.</param>
internal sealed record NewRun(
    string OrganizationId, string PipelineId, int Version, PipelineDocument Document, JsonObject Inputs, string Subject, IReadOnlyList<PipelineFile> Files, string? Source = null,
    string? BulkRunId = null);
