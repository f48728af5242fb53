using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Voice.Gateway.DataProtection;

/// <summary>The reverse of <see cref="SigningKeyEncryptor"/>; created by the framework from the type name stored with a key.</summary>
internal sealed class SigningKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var sealedBytes = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var nonce = sealedBytes[..AesGcm.NonceByteSizes.MaxSize];
        var tag = sealedBytes.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[sealedBytes.Length - nonce.Length - tag.Length];
        using var aes = new AesGcm(DeriveKey(services.GetRequiredService<IConfiguration>()), tag.Length);
        aes.Decrypt(nonce, sealedBytes[(nonce.Length + tag.Length)..], tag, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    internal static byte[] DeriveKey(IConfiguration configuration)
    {
        var secret = configuration["Auth:SigningKey"] ?? throw new InvalidOperationException("Auth:SigningKey must be set.");
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "gateway data protection keys"u8.ToArray());
    }
}
