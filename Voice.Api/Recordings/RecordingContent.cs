namespace Voice.Api.Recordings;

/// <param name="ETag">As in the header, quoted.</param>
internal sealed record RecordingContent(Stream Stream, string ETag, DateTimeOffset LastModified);
