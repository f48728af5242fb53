using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Identity.Jwt;

/// <summary>A public key as RFC 7517 writes it: ES256 on P-256, or RS256 of 2048 bits and more. What else a set holds is passed over.</summary>
public sealed record JsonWebKey
{
    public const string Es256 = "ES256";
    public const string Rs256 = "RS256";

    private const int CoordinateLength = 32;
    private const int MinModulusLength = 256;
    private const int MaxModulusLength = 1024;

    [JsonPropertyName("kty")]
    public string? Kty { get; init; }

    [JsonPropertyName("use")]
    public string? Use { get; init; }

    [JsonPropertyName("alg")]
    public string? Alg { get; init; }

    [JsonPropertyName("kid")]
    public string? Kid { get; init; }

    [JsonPropertyName("crv")]
    public string? Crv { get; init; }

    [JsonPropertyName("x")]
    public string? X { get; init; }

    [JsonPropertyName("y")]
    public string? Y { get; init; }

    [JsonPropertyName("n")]
    public string? N { get; init; }

    [JsonPropertyName("e")]
    public string? E { get; init; }

    public static JsonWebKey FromPublic(string kid, ECParameters parameters) => new()
    {
        Kty = "EC",
        Use = "sig",
        Alg = Es256,
        Kid = kid,
        Crv = "P-256",
        X = Base64Url.EncodeToString(parameters.Q.X),
        Y = Base64Url.EncodeToString(parameters.Q.Y),
    };

    /// <summary>The one algorithm that this key verifies; a token that says another is refused, whoever wrote it there.</summary>
    internal bool TryCreate([NotNullWhen(true)] out VerificationKey? key)
    {
        key = null;
        if (Kid is not { Length: > 0 and <= 256 } || Use is not (null or "sig"))
        {
            return false;
        }

        key = (Kty, Alg) switch
        {
            ("EC", null or Es256) when Crv == "P-256" && Bytes(X) is { Length: CoordinateLength } x && Bytes(Y) is { Length: CoordinateLength } y =>
                VerificationKey.TryEc(Kid, x, y),
            ("RSA", null or Rs256) when Bytes(N) is { Length: >= MinModulusLength and <= MaxModulusLength } n && Bytes(E) is { Length: >= 1 and <= 8 } e =>
                VerificationKey.TryRsa(Kid, n, e),
            _ => null,
        };
        return key is not null;
    }

    private static byte[]? Bytes(string? text) => text is not null && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
