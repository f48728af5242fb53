namespace Voice;

internal static class TrustExtensions
{
    /// <summary>Access tokens name their issuer by the address that it is reached at.</summary>
    public static IResourceBuilder<ProjectResource> IssuingTokens(this IResourceBuilder<ProjectResource> gateway) =>
        gateway.WithEnvironment("Tokens__Issuer", gateway.GetEndpoint("http"));

    /// <summary>
    /// Tells the services where this one publishes the keys that it signs with. Not a reference: they neither call it for anything else nor
    /// need it to start, and the gateway references them.
    /// </summary>
    public static void IsTrustedBy(this IResourceBuilder<ProjectResource> issuer, params IResourceBuilder<ProjectResource>[] services)
    {
        foreach (var service in services)
        {
            service.WithEnvironment($"services__{issuer.Resource.Name}__http__0", issuer.GetEndpoint("http"));
        }
    }
}
