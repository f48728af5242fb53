using System.Text.Json;
using Voice.Inference.Pipelines.Documents;

namespace Voice.Inference.Pipelines.Api;

internal sealed record PipelineSummary(string Id, string Name, string? Description, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static PipelineSummary From(StoredPipeline stored) => new(stored.Id, stored.Name, stored.Description, stored.Version, stored.CreatedAt, stored.UpdatedAt);
}

/// <param name="LatestVersion">The newest one, where an older was asked for.</param>
internal sealed record PipelineDetail(
    string Id, string Name, string? Description, int Version, int LatestVersion, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, JsonElement Document)
{
    public static PipelineDetail From(StoredPipeline stored) => new(
        stored.Id, stored.Name, stored.Description, stored.Version, stored.Version, stored.CreatedAt, stored.UpdatedAt, JsonElement.Parse(stored.Document));
}

internal sealed record PipelineVersionSummary(int Version, string CreatedBy, DateTimeOffset CreatedAt)
{
    public static PipelineVersionSummary From(StoredVersion stored) => new(stored.Version, stored.CreatedBy, stored.CreatedAt);
}

internal sealed record PipelineCheck(bool Valid, IReadOnlyList<PipelineProblem> Problems);
