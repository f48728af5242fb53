using Microsoft.Extensions.Options;
using Voice.Gateway.OpenId.Entra;

namespace Voice.Gateway.OpenId;

/// <summary>The providers that this installation trusts, and where they send browsers back to.</summary>
internal sealed class OpenIdProviders : IDisposable
{
    public const string Path = "/api/v1/auth/openid";

    private readonly Uri? _publicUrl;

    public OpenIdProviders(IOptions<OpenIdOptions> options, EntraProvider entra, IHttpClientFactory clients, TimeProvider time)
    {
        Entra = entra;
        _publicUrl = options.Value.PublicUrl;
        All = [.. options.Value.Providers.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => new OpenIdProvider(p.Key, p.Value, new ProviderMetadata(p.Key, p.Value, clients, time)))];
    }

    public IReadOnlyList<OpenIdProvider> All { get; }

    public EntraProvider Entra { get; }

    /// <summary>Those that a person can choose from.</summary>
    public IReadOnlyList<ProviderView> Views => [.. All.Select(ProviderView.Of), .. Entra.IsConfigured ? [Entra.View] : Array.Empty<ProviderView>()];

    public bool IsEntra(string name) => name == EntraProvider.Name && Entra.IsConfigured;

    public OpenIdProvider? Find(string name) => All.FirstOrDefault(provider => provider.Name == name);

    /// <summary>Exactly what is registered with the provider; the same for the code as for the tokens.</summary>
    /// <exception cref="OpenIdException">Nobody has said where people reach the platform, and the request does not come from this machine.</exception>
    public string RedirectUri(HttpRequest request, OpenIdProvider provider)
    {
        var root = _publicUrl?.AbsoluteUri.TrimEnd('/')
            ?? (Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var asked) && asked.IsLoopback ? asked.AbsoluteUri.TrimEnd('/') : null)
            ?? throw new OpenIdException(OpenIdErrors.Away, "OpenId:PublicUrl is not set");
        return $"{root}{Path}/{provider.Name}/callback";
    }

    public void Dispose()
    {
        foreach (var provider in All)
        {
            provider.Metadata.Dispose();
        }
    }
}
