using System.Net;

namespace Voice.Gateway.ApiKeys;

/// <summary>What the gateway knows about a key; the key itself is not among it.</summary>
internal sealed record ApiKeyRecord
{
    // Parsed once, not with each request.
    private readonly IReadOnlyList<IPNetwork> _networks = [];

    public required string Id { get; init; }

    public required string OrganizationId { get; init; }

    public required string Name { get; init; }

    public DateTime? ExpiresAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    public string? Scopes { get; init; }

    public string[] Origins { get; init; } = [];

    public string[] Networks
    {
        get;
        init
        {
            field = value;
            _networks = [.. value.Select(text => IPNetwork.Parse(text))];
        }
    } = [];

    /// <summary>When the secret that the request came with ends; null for the current one.</summary>
    public DateTime? SecretUntil { get; init; }

    /// <summary>The key has expired, or the secret was replaced and its time is over.</summary>
    public bool IsExpired(DateTimeOffset now) => (ExpiresAt is { } at && at <= now.UtcDateTime) || (SecretUntil is { } until && until <= now.UtcDateTime);

    public bool AllowsAddress(IPAddress? address)
    {
        if (_networks.Count == 0)
        {
            return true;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && _networks.Any(network => network.Contains(plain));
    }

    /// <summary>A key that is bound to pages is for browsers, which always say where a request to another site is from.</summary>
    public bool AllowsOrigin(string? origin) => Origins.Length == 0 || (origin is not null && Origins.Contains(origin, StringComparer.OrdinalIgnoreCase));
}
