using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Jwt;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.Gateway.Tokens;

/// <summary>Access tokens of API users: JWT, ES256, for a quarter of an hour. A good signature is not enough here: the session behind it must be alive.</summary>
internal sealed class AccessTokens([FromKeyedServices("access")] ISigningKeys keys, IOptions<TokenOptions> options, TimeProvider time)
{
    /// <summary>RFC 9068.</summary>
    public const string Type = "at+jwt";
    public const string Audience = "voiceaspire";

    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, (AccessClaims Claims, string Kid)> _verified = new(StringComparer.Ordinal);

    public TimeSpan Lifetime => options.Value.AccessLifetime;

    public string Issue(SignInSession session, ScopeSet scopes)
    {
        var now = time.GetUtcNow();
        var claims = new AccessTokenClaims(
            options.Value.Issuer, Audience, session.UserId, session.Id, session.OrganizationId, scopes.ToString(), Ids.New("jti", time),
            now.ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds());
        return keys.Current.Sign(Type, JsonSerializer.SerializeToUtf8Bytes(claims, TokenJson.Default.AccessTokenClaims));
    }

    /// <summary>Whether the token is one of ours and its time has not run out. The signature is verified once; a key that is published no more ends it.</summary>
    public (AccessClaims? Claims, bool Expired) Read(string token)
    {
        if (!_verified.TryGetValue(token, out var known) || keys.Find(known.Kid) is null)
        {
            var reading = StrictJwt.Read(token, Type, keys.Find);
            if (reading.Kid is null || StrictJwt.Text(reading.Claims, "iss") != options.Value.Issuer || !StrictJwt.HasAudience(reading.Claims, Audience)
                || AccessClaims.TryRead(reading.Claims) is not { } claims)
            {
                return (null, false);
            }

            if (_verified.Count >= Capacity)
            {
                _verified.Clear();
            }

            _verified[token] = known = (claims, reading.Kid);
        }

        return StrictJwt.CheckTime(known.Claims.Json, time.GetUtcNow()) switch
        {
            JwtTime.Valid => (known.Claims, false),
            JwtTime.Expired => (null, true),
            _ => (null, false),
        };
    }
}
