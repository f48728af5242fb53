using System.Security.Cryptography;
using System.Text;

namespace Voice.Inference.Providers.Own;

/// <summary>
/// Envelope encryption: each credential under a data key of its own, that under a key of the platform, both AES-256-GCM and bound to whose it is.
/// A new key of the platform wraps data keys anew and leaves the credentials as they are.
/// </summary>
internal sealed class CredentialSeal(CredentialKeys keys)
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <param name="owner">Organization and name: sealed for one, it opens for no other.</param>
    public SealedCredential Seal(string credential, string owner)
    {
        Span<byte> dataKey = stackalloc byte[KeyLength];
        RandomNumberGenerator.Fill(dataKey);
        var plain = Encoding.UTF8.GetBytes(credential);
        try
        {
            return new(Encrypt(dataKey, plain, owner), Encrypt(keys.Find(keys.Current)!, dataKey, owner), keys.Current);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <exception cref="CryptographicException">It is another's, was changed, or the key is gone.</exception>
    public string Open(SealedCredential sealedCredential, string owner)
    {
        var key = keys.Find(sealedCredential.KeyId) ?? throw new CryptographicException($"The key '{sealedCredential.KeyId}' is not configured.");
        var dataKey = Decrypt(key, sealedCredential.DataKey, owner);
        try
        {
            return Encoding.UTF8.GetString(Decrypt(dataKey, sealedCredential.Content, owner));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, string owner)
    {
        var output = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(output.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(output.AsSpan(0, NonceLength), plain, output.AsSpan(NonceLength + TagLength), output.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(owner));
        return output;
    }

    private static byte[] Decrypt(byte[] key, byte[] input, string owner)
    {
        if (input.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("There is nothing sealed here.");
        }

        var plain = new byte[input.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(input.AsSpan(0, NonceLength), input.AsSpan(NonceLength + TagLength), input.AsSpan(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(owner));
        return plain;
    }
}
