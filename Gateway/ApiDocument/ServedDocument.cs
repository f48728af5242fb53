namespace Voice.Gateway.ApiDocument;

/// <param name="Stale">Services that did not answer, and are described as they were.</param>
internal sealed record ServedDocument(byte[] Json, string EntityTag, IReadOnlyList<string> Stale);
