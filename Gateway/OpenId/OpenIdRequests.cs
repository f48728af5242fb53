using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Voice.Gateway.OpenId.Entra;

namespace Voice.Gateway.OpenId;

/// <summary>The way out: sends a browser to a provider, with a state, a nonce and a code challenge of its own.</summary>
internal sealed class OpenIdRequests(OpenIdProviders providers, OpenIdCookies cookies, TimeProvider time)
{
    /// <param name="userId">Who wants to add the provider to their account, in <paramref name="sessionId"/>; null for who wants in.</param>
    /// <returns>Where the browser has to go.</returns>
    /// <exception cref="OpenIdException">The provider is away.</exception>
    public async Task<string> BeginAsync(
        HttpContext context, OpenIdProvider provider, string returnUrl, string? userId, string? sessionId, CancellationToken cancellationToken)
    {
        var metadata = await provider.Metadata.GetAsync(null, cancellationToken);
        var attempt = new OpenIdAttempt(
            provider.Name, Random(), Random(), Random(), providers.RedirectUri(context.Request, provider), returnUrl, userId, sessionId,
            (time.GetUtcNow() + OpenIdAttempt.Lifetime).ToUnixTimeMilliseconds());
        cookies.Write(context, attempt);
        return QueryHelpers.AddQueryString(metadata.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = provider.Options.ClientId,
            ["redirect_uri"] = attempt.Redirect,
            ["scope"] = provider.Options.Scopes,
            ["state"] = attempt.State,
            ["nonce"] = attempt.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(attempt.Verifier))),
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Notes that a person wants to add Entra ID to their account; the way out begins at the address.</summary>
    public string PrepareEntra(HttpContext context, string returnUrl, string userId, string? sessionId)
    {
        var attempt = new OpenIdAttempt(
            EntraProvider.Name, Random(), "", "", "", returnUrl, userId, sessionId, (time.GetUtcNow() + OpenIdAttempt.Lifetime).ToUnixTimeMilliseconds());
        cookies.Write(context, attempt);
        return $"{OpenIdProviders.Path}/{EntraProvider.Name}/start?link={attempt.State}";
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
