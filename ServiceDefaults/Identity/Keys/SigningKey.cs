using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity.Keys;

/// <summary>A private key on P-256 that signs tokens, and its public half.</summary>
public sealed class SigningKey
{
    private readonly ECParameters _key;

    private SigningKey(string kid, ECParameters key)
    {
        (Kid, _key) = (kid, key);
        Public = JsonWebKey.FromPublic(kid, key);
        Verification = Public.TryCreate(out var verification) ? verification : throw new CryptographicException("The key is not on P-256.");
    }

    public string Kid { get; }

    public JsonWebKey Public { get; }

    public VerificationKey Verification { get; }

    /// <summary>The id is the key's thumbprint (RFC 7638), so that two keys never share one.</summary>
    public static SigningKey Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var jwk = JsonWebKey.FromPublic("", parameters);
        var canonical = $$"""{"crv":"P-256","kty":"EC","x":"{{jwk.X}}","y":"{{jwk.Y}}"}""";
        return new SigningKey(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(canonical))), parameters);
    }

    /// <param name="pkcs8">As <see cref="Export"/> gave it.</param>
    public static SigningKey Import(string kid, ReadOnlySpan<byte> pkcs8)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new SigningKey(kid, key.ExportParameters(includePrivateParameters: true));
    }

    public byte[] Export()
    {
        using var key = ECDsa.Create(_key);
        return key.ExportPkcs8PrivateKey();
    }

    /// <param name="type">What the header says the token is.</param>
    /// <param name="claims">JSON.</param>
    public string Sign(string type, ReadOnlySpan<byte> claims)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new JwtHeader(JsonWebKey.Es256, type, Kid, null), SigningJson.Default.JwtHeader);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        using var key = ECDsa.Create(_key);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
