namespace Voice.Gateway.ApiKeys;

/// <summary>What the gateway knows about a key; the key itself is not among it.</summary>
internal sealed record ApiKeyRecord(string Id, string OrganizationId, string Name, DateTime? ExpiresAt, DateTime? RevokedAt)
{
    public bool IsExpired(DateTimeOffset now) => ExpiresAt is { } at && at <= now.UtcDateTime;
}
