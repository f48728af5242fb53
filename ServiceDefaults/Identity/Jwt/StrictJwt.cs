using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Voice.ServiceDefaults.Identity.Jwt;

/// <summary>
/// Reads signed tokens of three parts and nothing else. Own code, not a library: the shared framework has no JWT handler, the one a
/// restricted feed has (JsonWebTokens 6.8.0) decompresses JWE before it refuses it, and what is accepted here needs no negotiation: one
/// algorithm for each key, keys that are known beforehand, no header that names another.
/// </summary>
public static class StrictJwt
{
    /// <summary>What is longer is not worth decoding.</summary>
    public const int MaxLength = 8192;

    /// <summary>Between two machines; NTP keeps them much closer.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // A moment beyond what DateTimeOffset holds is an error, not an exception.
    private const long LastSecond = 253402300799;

    /// <summary>The key id that a token says it is signed with; for finding the key, believed for nothing else.</summary>
    /// <returns>Null where this is not a signed token of three parts.</returns>
    public static string? KeyIdOf(string token) => TrySplit(token, out var parts) ? Header(parts.Header)?.Kid : null;

    /// <summary>The signature is checked before anything of the payload is believed.</summary>
    /// <param name="type">What <c>typ</c> must be; null where it is not ours to say.</param>
    public static JwtReading Read(string token, string? type, Func<string, VerificationKey?> findKey)
    {
        if (!TrySplit(token, out var parts))
        {
            return JwtReading.Refused("The token is not a signed token of three parts.");
        }

        if (Header(parts.Header) is not { } header)
        {
            return JwtReading.Refused("The token cannot be read.");
        }

        if (header.Crit is not null || (type is not null && !string.Equals(header.Typ, type, StringComparison.OrdinalIgnoreCase)))
        {
            return JwtReading.Refused("The token is of another kind.");
        }

        if (header.Kid is not { Length: > 0 and <= 256 } kid || findKey(kid) is not { } key)
        {
            return JwtReading.Refused("The token is signed with a key that is not known.");
        }

        // Compared with the key's own algorithm: a token cannot choose how it is verified.
        if (!string.Equals(header.Alg, key.Algorithm, StringComparison.Ordinal))
        {
            return JwtReading.Refused("The token's algorithm is not accepted.");
        }

        if (Decode(parts.Signature) is not { } signature || !key.Verify(Encoding.ASCII.GetBytes(parts.Signed), signature))
        {
            return JwtReading.Refused("The token's signature does not match.");
        }

        return Decode(parts.Payload) is { } payload && TryParse(payload) is { } claims
            ? new JwtReading(claims, kid, null)
            : JwtReading.Refused("The token cannot be read.");
    }

    /// <summary>Whether a token may be used now: it has an end, has begun, and was not made in the future.</summary>
    public static JwtTime CheckTime(JsonElement claims, DateTimeOffset now)
    {
        if (Seconds(claims, "exp") is not { } expires || Seconds(claims, "iat") is not { } issued)
        {
            return JwtTime.Invalid;
        }

        if (now - ClockSkew >= expires)
        {
            return JwtTime.Expired;
        }

        var from = claims.TryGetProperty("nbf", out _) ? Seconds(claims, "nbf") : issued;
        return from is null || now + ClockSkew < from || now + ClockSkew < issued ? JwtTime.NotYet : JwtTime.Valid;
    }

    public static DateTimeOffset? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Whether <c>aud</c>, a name or a list of names, has this one.</summary>
    public static bool HasAudience(JsonElement claims, string audience) => claims.TryGetProperty("aud", out var value) && value.ValueKind switch
    {
        JsonValueKind.String => value.ValueEquals(audience),
        JsonValueKind.Array => value.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(audience)),
        _ => false,
    };

    private static bool TrySplit(string token, out (string Header, string Payload, string Signature, string Signed) parts)
    {
        parts = default;
        if (token.Length > MaxLength)
        {
            return false;
        }

        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last <= first || token.AsSpan(first + 1, last - first - 1).Contains('.'))
        {
            return false;
        }

        parts = (token[..first], token[(first + 1)..last], token[(last + 1)..], token[..last]);
        return true;
    }

    private static JwtHeader? Header(string part)
    {
        try
        {
            return Decode(part) is { } json ? JsonSerializer.Deserialize(json, JwtJson.Default.JwtHeader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? TryParse(byte[] json)
    {
        try
        {
            // Two claims of one name are two opinions of who somebody is.
            var claims = JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return claims.ValueKind == JsonValueKind.Object ? claims : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string part)
    {
        try
        {
            return Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
