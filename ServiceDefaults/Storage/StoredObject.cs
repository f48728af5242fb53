namespace Voice.ServiceDefaults.Storage;

/// <param name="Stream">Seekable; asks for bytes once it is read. The caller's to dispose.</param>
/// <param name="ETag">As in the header, quoted.</param>
public sealed record StoredObject(Stream Stream, long Length, string ETag, DateTimeOffset LastModified);
