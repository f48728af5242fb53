using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Security.Cors;

/// <summary>From which pages programs may call, as it was when it was read.</summary>
/// <param name="byHolder">By organization and by API key, for those that name any.</param>
internal sealed class AllowedOrigins(IReadOnlyDictionary<string, HashSet<string>> byHolder)
{
    private readonly HashSet<string> _any = [.. byHolder.Values.SelectMany(origins => origins)];

    /// <summary>Some organization or key does: all that can be known of a preflight, which comes without a credential.</summary>
    public bool IsKnown(string origin) => _any.Contains(origin);

    /// <summary>The caller's pages may read the answer.</summary>
    public bool MayRead(Caller caller, string origin) =>
        byHolder.TryGetValue(caller.OrganizationId, out var origins) ? origins.Contains(origin)
        : byHolder.TryGetValue(caller.Subject, out var own) && own.Contains(origin);

    /// <summary>The organization names its pages, and this is none of them.</summary>
    public bool IsForeign(Caller caller, string? origin) =>
        byHolder.TryGetValue(caller.OrganizationId, out var origins) && (origin is null || !origins.Contains(origin));
}
