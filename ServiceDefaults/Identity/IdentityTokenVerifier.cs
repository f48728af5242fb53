using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity;

/// <summary>
/// Checks the tokens of other services: signed by one that this service trusts, for this service, now. A signature is verified once per
/// token; the key's being published and the times are looked at with every request.
/// </summary>
internal sealed class IdentityTokenVerifier(TrustedKeys keys, IHostEnvironment environment, TimeProvider time)
{
    private const int Capacity = 10_000;

    private readonly string _audience = ServiceNames.Of(environment.ApplicationName);
    private readonly ConcurrentDictionary<string, Verified> _verified = new(StringComparer.Ordinal);

    public async ValueTask<TokenCheck> CheckAsync(string token, CancellationToken cancellationToken)
    {
        if (_verified.TryGetValue(token, out var known) && keys.Find(known.Kid) is not null && !keys.IsStale)
        {
            return CheckTime(known.Claims) ?? TokenCheck.Accepted(known.Caller);
        }

        if (StrictJwt.KeyIdOf(token) is not { } kid)
        {
            return Refused("The identity token is not a signed token of three parts.");
        }

        if (keys.IsStale || keys.Find(kid) is null)
        {
            var complete = await keys.RefreshAsync(cancellationToken);
            if (!complete && keys.Find(kid) is null)
            {
                return TokenCheck.Refused(TokenCheck.KeysUnavailable, "The keys of the platform cannot be asked for right now. Try again in a moment.");
            }
        }

        return Check(token);
    }

    private TokenCheck Check(string token)
    {
        var reading = StrictJwt.Read(token, IdentityTokens.Type, kid => keys.Find(kid)?.Key);
        if (reading.Kid is null || keys.Find(reading.Kid) is not { } trusted)
        {
            return Refused("The identity token is refused. " + reading.Reason);
        }

        var claims = reading.Claims;
        if (StrictJwt.Text(claims, "iss") != trusted.Issuer.Name || !StrictJwt.HasAudience(claims, _audience))
        {
            return Refused("The identity token was issued by or for somebody else.");
        }

        if (CallerOf(claims, trusted.Issuer) is not { } caller)
        {
            return Refused("The identity token names no caller.");
        }

        if (CheckTime(claims) is { } refusal)
        {
            return refusal;
        }

        if (_verified.Count >= Capacity)
        {
            _verified.Clear();
        }

        _verified[token] = new Verified(caller, claims, reading.Kid);
        return TokenCheck.Accepted(caller);
    }

    private static Caller? CallerOf(JsonElement claims, TrustedIssuer issuer)
    {
        if (StrictJwt.Text(claims, "sub") is not { } subject || StrictJwt.Text(claims, "org") is not { } organization || StrictJwt.Text(claims, "kind") is not { } kind)
        {
            return null;
        }

        var scopes = ScopeSet.Parse(StrictJwt.Text(claims, "scope"));
        return new Caller(organization, subject, kind, StrictJwt.Text(claims, "name") ?? subject)
        {
            Role = StrictJwt.Text(claims, "role"),
            Scopes = issuer.AtMost is { } bound ? scopes & bound : scopes,
        };
    }

    private TokenCheck? CheckTime(JsonElement claims) => StrictJwt.CheckTime(claims, time.GetUtcNow()) switch
    {
        JwtTime.Valid => null,
        JwtTime.Expired => TokenCheck.Refused("expired_token", "The identity token has expired."),
        JwtTime.NotYet => Refused("The identity token is not valid yet."),
        _ => Refused("The identity token does not say how long it is good for."),
    };

    private static TokenCheck Refused(string reason) => TokenCheck.Refused("invalid_token", reason);

    private sealed record Verified(Caller Caller, JsonElement Claims, string Kid);
}
