namespace Voice.Inference.Uploads;

/// <param name="Status"><c>uploading</c> or <c>complete</c>.</param>
/// <param name="ExpiresAt">When it is deleted, with its file.</param>
internal sealed record UploadView(
    string Id, string Status, long Length, long Offset, string? FileName, string? ContentType, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? CompletedAt)
{
    public static UploadView From(UploadRow row) => new(
        row.Id, row.CompletedAt is null ? "uploading" : "complete", row.Length, row.Received, row.FileName, row.ContentType, row.CreatedAt, row.ExpiresAt, row.CompletedAt);
}
