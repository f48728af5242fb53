namespace Voice.Gateway.ApiKeys;

/// <param name="AllowedOrigins">Of pages, as browsers send them; none for keys of servers.</param>
/// <param name="AllowedNetworks">In CIDR notation; none for all.</param>
internal sealed record NewApiKey(
    string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? AllowedOrigins, IReadOnlyList<string>? AllowedNetworks);

/// <param name="OverlapSeconds">How long the old secret stays good; a day unless given, 0 for not at all.</param>
internal sealed record ApiKeyRotation(int? OverlapSeconds);

internal record ApiKeyItem(
    string Id, string Name, string? Prefix, IReadOnlyList<string> Scopes, IReadOnlyList<string> AllowedOrigins, IReadOnlyList<string> AllowedNetworks,
    DateTime CreatedAt, DateTime? ExpiresAt, DateTime? LastUsedAt, DateTime? RotatedAt, DateTime? PreviousSecretUntil, DateTime? RevokedAt);

/// <param name="Secret">Shown this once.</param>
internal sealed record ApiKeyWithSecret(ApiKeyItem Key, string Secret);
