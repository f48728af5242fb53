using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Voice.Gateway.Accounts;

namespace Voice.Gateway.OpenId;

/// <summary>Asks a provider, server to server, what a code stands for.</summary>
internal sealed class CodeExchange(IHttpClientFactory clients, IdTokenCheck check)
{
    /// <exception cref="OpenIdException">The provider refused, is away, or is not to be believed.</exception>
    public async Task<OpenIdIdentity> RedeemAsync(
        OpenIdProvider provider, OpenIdConnectConfiguration metadata, OpenIdAttempt attempt, string code, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(OpenIdProvider.HttpClientName(provider.Name));
        using var request = TokenRequest(provider.Options, metadata, attempt, code);
        var tokens = await SendAsync(http, request, cancellationToken);
        if (Text(tokens, "id_token") is not { } idToken)
        {
            throw new OpenIdException(OpenIdErrors.Failed, "no id_token");
        }

        var token = await check.VerifyAsync(provider, idToken, attempt.Nonce, cancellationToken);
        var (email, verified) = (Claim(token, "email"), IsTrue(Claim(token, "email_verified")));
        if ((email is null || !verified) && !string.IsNullOrEmpty(metadata.UserInfoEndpoint) && Text(tokens, "access_token") is { } accessToken)
        {
            // Where claims are not in the id_token they are there (OpenID Connect Core 5.4), for the same subject only.
            var claims = await UserInfoAsync(http, metadata.UserInfoEndpoint, accessToken, cancellationToken);
            if (Text(claims, "sub") != token.Subject)
            {
                throw new OpenIdException(OpenIdErrors.Failed, "userinfo: sub");
            }

            (email, verified) = (Text(claims, "email"), IsTrue(claims.TryGetProperty("email_verified", out var says) ? says.ToString() : null));
        }

        var address = (verified || provider.Options.TrustsEmail) && EmailAddress.TryRead(email, out var read) ? read : null;
        return new OpenIdIdentity(provider.Name, token.Issuer, token.Subject, address);
    }

    private static HttpRequestMessage TokenRequest(OpenIdProviderOptions options, OpenIdConnectConfiguration metadata, OpenIdAttempt attempt, string code)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = attempt.Redirect,
            ["code_verifier"] = attempt.Verifier,
        };
        if (string.IsNullOrEmpty(options.ClientSecret))
        {
            form["client_id"] = options.ClientId!;
        }
        else if (metadata.TokenEndpointAuthMethodsSupported is { Count: > 0 } methods && !methods.Contains("client_secret_basic"))
        {
            form["client_id"] = options.ClientId!;
            form["client_secret"] = options.ClientSecret;
        }
        else
        {
            // RFC 6749 2.3.1: encoded as a form encodes, before it is put together.
            var pair = $"{WebUtility.UrlEncode(options.ClientId)}:{WebUtility.UrlEncode(options.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    private static async Task<JsonElement> UserInfoAsync(HttpClient http, string endpoint, string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await SendAsync(http, request, cancellationToken);
    }

    private static async Task<JsonElement> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests
                    ? new OpenIdException(OpenIdErrors.Away, $"{Name(request)}: {(int)response.StatusCode}")
                    : new OpenIdException(OpenIdErrors.Failed, $"{Name(request)}: {(int)response.StatusCode}");
            }

            var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return answer.ValueKind == JsonValueKind.Object ? answer : throw new JsonException();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            throw new OpenIdException(OpenIdErrors.Away, $"{Name(request)}: {exception.GetType().Name}", exception);
        }
    }

    private static string Name(HttpRequestMessage request) => request.Method == HttpMethod.Post ? "token endpoint" : "userinfo";

    private static string? Text(JsonElement answer, string name)
    {
        try
        {
            return answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text.
            return null;
        }
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetClaim(name, out var claim) && claim.Value.Length > 0 ? claim.Value : null;

    /// <summary>Some providers send a boolean, some the word.</summary>
    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
