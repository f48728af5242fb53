namespace Voice.ServiceDefaults.Identity;

/// <summary>Who a request is from, as the gateway established it, and what they may do.</summary>
/// <param name="Subject">User id (<c>user_…</c>), API key id (<c>key_…</c>) or service name.</param>
/// <param name="Kind"><c>user</c>, <c>api_key</c>, <c>client_secret</c> or <c>service</c>.</param>
/// <param name="Name">What people call it: the e-mail address, the key's name.</param>
public sealed record Caller(string OrganizationId, string Subject, string Kind, string Name)
{
    /// <summary>One of <see cref="Roles"/> for a user; null for everything that is not one.</summary>
    public string? Role { get; init; }

    /// <summary>None unless given: a caller may do nothing by default.</summary>
    public ScopeSet Scopes { get; init; }
}
