namespace Voice.Api.Sessions;

/// <summary>Where a page of sessions ended.</summary>
internal sealed record SessionCursor(DateTimeOffset StartedAt, string Id);
