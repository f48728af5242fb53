namespace Voice.Gateway.OpenId;

/// <summary>One OpenID provider, <c>OpenId:Providers:{name}</c>.</summary>
internal sealed class OpenIdProviderOptions
{
    /// <summary>The issuer exactly as the provider writes it; its metadata is at <c>/.well-known/openid-configuration</c> below it.</summary>
    public Uri? Authority { get; set; }

    public string? ClientId { get; set; }

    /// <summary>Absent for a public client, which has PKCE alone.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What people know it by; the name with a capital letter unless given.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Separated by spaces.</summary>
    public string Scopes { get; set; } = "openid email profile";

    /// <summary>
    /// For a directory whose addresses only its administrators give: they count as proven though it sends no <c>email_verified</c>. Never for
    /// a provider where people enter their own.
    /// </summary>
    public bool TrustsEmail { get; set; }

    /// <summary>For each answer of the provider.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
