using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Voice.ServiceDefaults.Identity.Keys;

/// <summary>
/// AES-256-GCM under a key derived from <c>Auth:SigningKey</c>: a copy of the database alone signs nothing. What is sealed says what it is
/// for, so that one cannot be put in the place of another.
/// </summary>
public sealed class KeySeal
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key;

    public KeySeal(IOptions<IdentityOptions> options) => _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.SigningKey), 32, info: "signing keys at rest"u8.ToArray());

    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">It was sealed under another secret or for another purpose, or was changed.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("There is nothing sealed here.");
        }

        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(
            sealedBytes[..NonceLength], sealedBytes[(NonceLength + TagLength)..], sealedBytes.Slice(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }
}
