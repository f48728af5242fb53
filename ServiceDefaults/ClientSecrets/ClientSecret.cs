using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Voice.ServiceDefaults.ClientSecrets;

/// <summary>A key for one browser to begin one conversation with: <c>ek_</c> and 256 random bits. Only its hash is stored or passed on.</summary>
public static class ClientSecret
{
    public const string Prefix = "ek_";

    /// <summary>Between the gateway and voice-api: the hash of the secret that a connection came with. No client can set it.</summary>
    public const string HashHeader = "X-Client-Secret";

    /// <summary>Between the gateway and voice-api: the sign-in session that a person's request for a secret comes with. No client can set it.</summary>
    public const string SignInHeader = "X-Sign-In-Session";

    /// <summary>Of the caller that such a connection is from; services give it nothing but a conversation.</summary>
    public const string CallerKind = "client_secret";

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
