namespace Voice.Gateway.OpenId;

/// <param name="StartUrl">Where a browser begins; <c>?return_url=</c> says where it ends, a path of ours.</param>
internal sealed record ProviderView(string Name, string DisplayName, string StartUrl)
{
    public static ProviderView Of(OpenIdProvider provider) => new(provider.Name, provider.DisplayName, $"{OpenIdProviders.Path}/{provider.Name}/start");
}

internal sealed record ProviderList(IReadOnlyList<ProviderView> Data);

/// <param name="DisplayName">Of the provider; its short name where it is configured no more.</param>
/// <param name="Email">The address there, to tell accounts of one provider apart.</param>
internal sealed record LinkedProvider(string Id, string Provider, string DisplayName, string? Email, DateTimeOffset LinkedAt, DateTimeOffset LastUsedAt);

/// <param name="HasPassword">Without one, the last of them cannot be taken away.</param>
/// <param name="Available">Those that can be added.</param>
internal sealed record LinkedProviders(IReadOnlyList<LinkedProvider> Data, bool HasPassword, IReadOnlyList<ProviderView> Available);

/// <param name="Provider">The short name.</param>
internal sealed record LinkProviderBody(string? Provider);

/// <param name="AuthorizationUrl">Where the browser has to go, within ten minutes.</param>
internal sealed record LinkStarted(string AuthorizationUrl);
