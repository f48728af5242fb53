namespace Voice.Gateway.OpenId;

/// <summary>Section <c>OpenId</c>: who else may say who somebody is. Without providers nobody does.</summary>
internal sealed class OpenIdOptions
{
    public const string Section = "OpenId";

    /// <summary>
    /// Where people reach the platform: what providers send browsers back to begins with it. Never taken from a request, whose Host header
    /// anybody can write; without it only requests to this machine itself can be answered.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>By a short name, which is in addresses: it is registered with the provider as <c>{PublicUrl}/api/v1/auth/openid/{name}/callback</c>.</summary>
    public Dictionary<string, OpenIdProviderOptions> Providers { get; } = new(StringComparer.Ordinal);
}
