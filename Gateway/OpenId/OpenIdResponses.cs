using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using StackExchange.Redis;

namespace Voice.Gateway.OpenId;

/// <summary>The way back: whether what a browser brings answers what it began, once, and whom the provider vouches for.</summary>
internal sealed class OpenIdResponses(OpenIdCookies cookies, CodeExchange exchange, IConnectionMultiplexer redis)
{
    private const int MaxLength = 4096;
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(2);

    /// <summary>The attempt that the response belongs to. Its cookie is gone afterwards, whatever comes of it.</summary>
    /// <exception cref="OpenIdException">It belongs to none: another browser, another provider, too late, a second time.</exception>
    public async Task<OpenIdAttempt> TakeAsync(HttpContext context, OpenIdProvider provider, CancellationToken cancellationToken)
    {
        var attempt = cookies.ReadAttempt(context);
        OpenIdCookies.Remove(context, OpenIdCookies.AttemptName);
        if (attempt is null)
        {
            throw new OpenIdException(OpenIdErrors.Expired, "no attempt");
        }

        if (attempt.Provider != provider.Name || !Same(Value(context, "state"), attempt.State))
        {
            throw new OpenIdException(OpenIdErrors.Expired, "state");
        }

        // A copy of the cookie must not be good for a second answer.
        if (!await IsFirstAsync(attempt.State, cancellationToken))
        {
            throw new OpenIdException(OpenIdErrors.Expired, "state used");
        }

        return attempt;
    }

    /// <exception cref="OpenIdException">The provider refused, or is not to be believed.</exception>
    public async Task<OpenIdIdentity> RedeemAsync(HttpContext context, OpenIdProvider provider, OpenIdAttempt attempt, CancellationToken cancellationToken)
    {
        var metadata = await provider.Metadata.GetAsync(null, cancellationToken);
        CheckIssuer(context, metadata);
        if (Value(context, "error") is { } error)
        {
            throw error is "access_denied" or "login_required" or "interaction_required" or "consent_required"
                ? new OpenIdException(OpenIdErrors.Cancelled, "the provider's page was left")
                : error is "temporarily_unavailable" or "server_error"
                    ? new OpenIdException(OpenIdErrors.Away, "the provider says it cannot")
                    : new OpenIdException(OpenIdErrors.Failed, "the provider refused the request");
        }

        return Value(context, "code") is { } code
            ? await exchange.RedeemAsync(provider, metadata, attempt, code, cancellationToken)
            : throw new OpenIdException(OpenIdErrors.Failed, "no code");
    }

    /// <summary>RFC 9207: with several providers, an answer must say whose it is, where its provider says that it does.</summary>
    private static void CheckIssuer(HttpContext context, OpenIdConnectConfiguration metadata)
    {
        var given = context.Request.Query["iss"];
        if (given.Count == 0 ? metadata.AuthorizationResponseIssParameterSupported : given is not [{ } issuer] || issuer != metadata.Issuer)
        {
            throw new OpenIdException(OpenIdErrors.Failed, "iss of the response");
        }
    }

    /// <summary>Null for what is absent, doubled, or too long.</summary>
    private static string? Value(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 and <= MaxLength } value] ? value : null;

    private static bool Same(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private async Task<bool> IsFirstAsync(string state, CancellationToken cancellationToken)
    {
        var key = $"auth:openid:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state)))}";
        try
        {
            return await redis.GetDatabase().StringSetAsync(key, "1", OpenIdAttempt.Lifetime, When.NotExists).WaitAsync(RedisLimit, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Without Redis nobody can sign in; least of all by what might be a second use.
            throw new Sessions.SessionsUnavailableException(exception);
        }
    }
}
