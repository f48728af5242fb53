using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace Voice.ServiceDefaults.Identity;

/// <summary>
/// Issues and checks the token with which one service of the platform tells another who is calling: a JWT, HS256.
/// Own code, not a library: the shared framework has no JWT handler, the one a restricted feed has (JsonWebTokens 6.8.0) decompresses
/// JWE before it refuses it, and one algorithm with one key and five claims needs no negotiation to get wrong.
/// </summary>
public sealed class IdentityTokens
{
    internal const string Issuer = "voiceaspire";
    internal const string Audience = "voiceaspire-services";

    private const int MaxLength = 4096;
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromSeconds(60);

    // Services of one installation share a clock closely; this covers the step between two machines.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly byte[] _key;
    private readonly TimeProvider _timeProvider;

    public IdentityTokens(IOptions<IdentityOptions> options, TimeProvider timeProvider)
    {
        _key = Encoding.UTF8.GetBytes(options.Value.SigningKey);
        _timeProvider = timeProvider;
    }

    /// <param name="lifetime">60 s unless given: long enough for one hop, useless in a log an hour later.</param>
    public string Issue(Caller caller, TimeSpan? lifetime = null)
    {
        var now = _timeProvider.GetUtcNow();
        var claims = new TokenClaims(
            Issuer, Audience, caller.Subject, caller.OrganizationId, caller.Kind, caller.Name, caller.Role, caller.Scopes.ToString(),
            now.ToUnixTimeSeconds(), (now + (lifetime ?? DefaultLifetime)).ToUnixTimeSeconds());
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, IdentityJson.Default.TokenClaims));
        var signed = $"{Header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The signature is checked before anything of the payload is believed, in constant time.</summary>
    internal TokenCheck Check(string token)
    {
        var parts = token.Split('.');
        if (token.Length > MaxLength || parts.Length != 3)
        {
            return TokenCheck.Refused("invalid_token", "The identity token is not a signed token of three parts.");
        }

        if (!TryDecode(parts[0], out var headerBytes) || !TryDecode(parts[1], out var payload) || !TryDecode(parts[2], out var signature) ||
            !TryParse(headerBytes, IdentityJson.Default.TokenHeader, out var header))
        {
            return TokenCheck.Refused("invalid_token", "The identity token cannot be read.");
        }

        if (!string.Equals(header.Alg, "HS256", StringComparison.Ordinal))
        {
            return TokenCheck.Refused("invalid_token", "The identity token's algorithm is not accepted.");
        }

        var expected = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        if (!CryptographicOperations.FixedTimeEquals(expected, signature))
        {
            return TokenCheck.Refused("invalid_token", "The identity token's signature does not match.");
        }

        return TryParse(payload, IdentityJson.Default.TokenClaims, out var claims)
            ? CheckClaims(claims)
            : TokenCheck.Refused("invalid_token", "The identity token cannot be read.");
    }

    private TokenCheck CheckClaims(TokenClaims claims)
    {
        if (claims.Iss != Issuer || claims.Aud != Audience)
        {
            return TokenCheck.Refused("invalid_token", "The identity token was issued by or for somebody else.");
        }

        if (claims.Sub is not { Length: > 0 } subject || claims.Org is not { Length: > 0 } organization || claims.Kind is not { Length: > 0 } kind)
        {
            return TokenCheck.Refused("invalid_token", "The identity token names no caller.");
        }

        var now = _timeProvider.GetUtcNow();
        if (claims.Exp is not { } expires || now - ClockSkew >= DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(expires, 0, 253402300799)))
        {
            return TokenCheck.Refused("expired_token", "The identity token has expired.");
        }

        if (claims.Iat is { } issued && now + ClockSkew < DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(issued, 0, 253402300799)))
        {
            return TokenCheck.Refused("invalid_token", "The identity token is not valid yet.");
        }

        return TokenCheck.Accepted(new Caller(organization, subject, kind, claims.Name ?? subject)
        {
            Role = claims.Role,
            Scopes = ScopeSet.Parse(claims.Scope),
        });
    }

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(part))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(part);
        return true;
    }

    private static bool TryParse<T>(byte[] json, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(json, type);
            return value is not null;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }
}
