using System.Text.Json;

namespace Voice.Inference.Pipelines.Api;

internal sealed record RunSummary(
    string Id, string PipelineId, int Version, string State, string? BulkRunId, string? SourceRunId, RunError? Error, decimal Cost, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt);

/// <param name="Step">That failed.</param>
internal sealed record RunError(string? Step, string Code, string Message);

/// <param name="Outputs">As the document declares them, as far as there are any.</param>
/// <param name="Usage">By kind, all steps together.</param>
internal sealed record RunDetail(
    string Id, string PipelineId, int Version, string State, string? BulkRunId, string? SourceRunId, RunError? Error, decimal Cost, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt, JsonElement Inputs, JsonElement Outputs, IReadOnlyDictionary<string, decimal> Usage, IReadOnlyList<StepView> Steps);

/// <param name="DurationMs">From its first attempt to its end; null before.</param>
internal sealed record StepView(
    string Id, string Type, string State, IReadOnlyList<string> Needs, bool Fallback, JsonElement Output, RunError? Error, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    double? DurationMs, IReadOnlyDictionary<string, decimal> Usage, decimal Cost, IReadOnlyList<AttemptView> Attempts);

/// <param name="Outcome"><c>succeeded</c>, <c>skipped</c>, <c>failed</c>, <c>lost</c>, <c>released</c> or <c>cancelled</c>; null while it is at work.</param>
internal sealed record AttemptView(int Number, string Action, string? Outcome, RunError? Error, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <param name="Version">Of the pipeline; the newest unless given.</param>
internal sealed record RerunRequest(int? Version);

/// <param name="States">How many runs are in each state.</param>
internal sealed record BulkRunView(string Id, string PipelineId, int Version, int Parallel, int Total, int Finished, IReadOnlyDictionary<string, long> States, DateTimeOffset CreatedAt);
