using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Identity;

namespace Voice.Inference.Providers.Own;

/// <summary>
/// The platform's keys that wrap the data keys of credentials: one that wraps, and those before it that still open what they wrapped. Derived from
/// <c>Credentials:Key</c>, or where that is not set from the service's own secret.
/// </summary>
internal sealed class CredentialKeys
{
    private readonly Dictionary<string, byte[]> _keys;

    public CredentialKeys(IOptions<CredentialOptions> options, IOptions<IdentityOptions> identity)
    {
        string[] secrets = [options.Value.Key ?? identity.Value.SigningKey, .. options.Value.PreviousKeys, .. options.Value.Key is null ? [] : new[] { identity.Value.SigningKey }];
        var keys = secrets.Select(Derive).ToList();
        Current = Id(keys[0]);
        _keys = keys.DistinctBy(Id).ToDictionary(Id);
    }

    /// <summary>Of the key that wraps.</summary>
    public string Current { get; }

    /// <summary>Null where it is not known any more.</summary>
    public byte[]? Find(string id) => _keys.GetValueOrDefault(id);

    private static byte[] Derive(string secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "provider credentials at rest"u8.ToArray());

    // Tells keys apart and nothing about them.
    private static string Id(byte[] key) => "local-" + Convert.ToHexStringLower(HMACSHA256.HashData(key, "key id"u8).AsSpan(0, 6));
}
