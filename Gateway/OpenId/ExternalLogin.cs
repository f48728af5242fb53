namespace Voice.Gateway.OpenId;

/// <summary>A provider's account that leads into one of ours.</summary>
internal sealed record ExternalLogin(string Id, string UserId, string Issuer, string Provider, string? Email, DateTime CreatedAt, DateTime LastUsedAt);
