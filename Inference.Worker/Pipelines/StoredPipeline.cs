namespace Voice.Inference.Pipelines;

/// <param name="Document">JSON, as it was saved.</param>
internal sealed record StoredPipeline(string Id, string Name, string? Description, int Version, string Document, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

internal sealed record StoredVersion(int Version, string CreatedBy, DateTimeOffset CreatedAt, string? Document = null);
