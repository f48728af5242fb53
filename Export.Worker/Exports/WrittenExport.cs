namespace Voice.Export.Exports;

/// <param name="Blob">Name inside the container <c>exports</c>.</param>
/// <param name="TranscriptBlob">Name inside the container <c>transcripts</c>.</param>
internal sealed record WrittenExport(string Id, string Blob, string TranscriptBlob, DateTimeOffset CreatedAt);
