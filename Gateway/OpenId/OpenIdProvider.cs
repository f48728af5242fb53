namespace Voice.Gateway.OpenId;

internal sealed class OpenIdProvider(string name, OpenIdProviderOptions options, ProviderMetadata metadata)
{
    public string Name => name;

    public OpenIdProviderOptions Options => options;

    public ProviderMetadata Metadata => metadata;

    public string DisplayName => options.DisplayName is { Length: > 0 } given ? given : char.ToUpperInvariant(name[0]) + name[1..];

    public static string HttpClientName(string name) => $"openid:{name}";
}
