using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Voice.Gateway.OpenId;

/// <summary>
/// What a provider says of itself, with its keys. Asked for when it is needed; believed for <see cref="KeptFor"/>, and while the provider is
/// away for <see cref="BelievedFor"/>. Strangers can cause a question (a token may name any key), so there is at most one in
/// <see cref="AskAgainAfter"/>, and whoever comes while it is under way waits for it. Not the library's own manager, whose clock is the machine's.
/// </summary>
internal sealed class ProviderMetadata(string name, OpenIdProviderOptions options, IHttpClientFactory clients, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(90);
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>After a failure; short, for a person is waiting.</summary>
    public static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _asking = new(1);
    private OpenIdConnectConfiguration? _known;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _failedAt = DateTimeOffset.MinValue;

    /// <param name="without">What did not have the key that is looked for.</param>
    /// <exception cref="OpenIdException">The provider is away.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(OpenIdConnectConfiguration? without, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var age = now - _askedAt;
            if (_known is { } known && (known == without ? age < AskAgainAfter : age < KeptFor))
            {
                return known;
            }

            if (now - _failedAt >= TryAgainAfter)
            {
                try
                {
                    _known = await AskAsync(cancellationToken);
                    _askedAt = now;
                    return _known;
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested
                    && exception is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException or ArgumentException or System.Text.Json.JsonException)
                {
                    _failedAt = now;
                }
            }

            return _known is { } last && age < BelievedFor ? last : throw new OpenIdException(OpenIdErrors.Away, "no metadata");
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<OpenIdConnectConfiguration> AskAsync(CancellationToken cancellationToken)
    {
        var authority = options.Authority!;
        using var http = clients.CreateClient(OpenIdProvider.HttpClientName(name));
        var documents = new HttpDocumentRetriever(http) { RequireHttps = !authority.IsLoopback };
        var answer = await OpenIdConnectConfigurationRetriever.GetAsync($"{authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration", documents, cancellationToken);

        // OpenID Connect Discovery 4.3: else one provider could speak for another.
        if (answer.Issuer?.TrimEnd('/') != authority.OriginalString.TrimEnd('/'))
        {
            throw new InvalidOperationException("The metadata is of another issuer.");
        }

        foreach (var endpoint in new[] { answer.AuthorizationEndpoint, answer.TokenEndpoint, answer.UserInfoEndpoint })
        {
            if (!string.IsNullOrEmpty(endpoint) && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || !OpenIdOptionsValidator.IsSafe(address)))
            {
                throw new InvalidOperationException("An endpoint is no https address.");
            }
        }

        return string.IsNullOrEmpty(answer.AuthorizationEndpoint) || string.IsNullOrEmpty(answer.TokenEndpoint)
            ? throw new InvalidOperationException("An endpoint is missing.")
            : answer;
    }
}
