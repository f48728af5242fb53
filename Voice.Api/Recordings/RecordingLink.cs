namespace Voice.Api.Recordings;

/// <param name="Url">Root-relative; works without a credential until <paramref name="ExpiresAt"/>.</param>
internal sealed record RecordingLink(string Url, DateTimeOffset ExpiresAt, string ContentType);
