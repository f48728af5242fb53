using System.Security.Cryptography;

namespace Voice.ServiceDefaults.Identity.Jwt;

/// <summary>A public key and the one algorithm it is for.</summary>
public sealed class VerificationKey
{
    private readonly ECParameters? _ec;
    private readonly RSAParameters? _rsa;

    private VerificationKey(string kid, string algorithm, ECParameters? ec, RSAParameters? rsa) => (Kid, Algorithm, _ec, _rsa) = (kid, algorithm, ec, rsa);

    public string Kid { get; }

    public string Algorithm { get; }

    /// <summary>The platform's objects are not for many threads at once; one is made each time, and answers are kept by whoever asks often.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (_ec is { } ec)
        {
            using var key = ECDsa.Create(ec);
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        using var rsa = RSA.Create(_rsa!.Value);
        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <returns>Null where the point is not on the curve.</returns>
    internal static VerificationKey? TryEc(string kid, byte[] x, byte[] y)
    {
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        try
        {
            using var key = ECDsa.Create(parameters);
            return new VerificationKey(kid, JsonWebKey.Es256, parameters, null);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static VerificationKey? TryRsa(string kid, byte[] modulus, byte[] exponent)
    {
        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        try
        {
            using var key = RSA.Create(parameters);
            return key.KeySize >= 2048 ? new VerificationKey(kid, JsonWebKey.Rs256, null, parameters) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
