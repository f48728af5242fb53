namespace Voice.Inference.Uploads;

/// <summary>A row of <c>inference.uploads</c>.</summary>
internal sealed record UploadRow
{
    public const string Columns =
        "id, organization_id, length, received, blocks, file_name, content_type, metadata, blob, created_at, expires_at, completed_at";

    public required string Id { get; init; }

    public required string OrganizationId { get; init; }

    public long Length { get; init; }

    /// <summary>Bytes that Blob Storage has, in <see cref="Blocks"/>.</summary>
    public long Received { get; init; }

    public required string[] Blocks { get; init; }

    public string? FileName { get; init; }

    public string? ContentType { get; init; }

    /// <summary>As the client sent it, to be told again.</summary>
    public string? Metadata { get; init; }

    public required string Blob { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public bool IsWhole => Received == Length;
}
