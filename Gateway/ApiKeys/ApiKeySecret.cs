using System.Security.Cryptography;
using System.Text;

namespace Voice.Gateway.ApiKeys;

/// <summary>
/// A key as partners get it: <c>va_live_{id}_{secret}{checksum}</c>. The id is of this secret and no secret; the checksum tells a mistyped key from a
/// wrong one without a question to the database, and lets scanners of leaked secrets be sure.
/// </summary>
internal static class ApiKeySecret
{
    public const string Prefix = "va_live_";

    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 10;
    private const int SecretLength = 40;
    private const int ChecksumLength = 6;

    public static string Create()
    {
        var body = $"{Prefix}{RandomNumberGenerator.GetString(Alphabet, IdLength)}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return body + Checksum(body);
    }

    /// <summary>What may be shown of a key for ever.</summary>
    public static string Shown(string key) => key[..(Prefix.Length + IdLength)];

    /// <summary>False for a key of this form that was not made here; keys from before have another form and no checksum.</summary>
    public static bool MayBeGood(string key) =>
        !key.StartsWith(Prefix, StringComparison.Ordinal)
        || (key.Length == Prefix.Length + IdLength + 1 + SecretLength + ChecksumLength && key.EndsWith(Checksum(key[..^ChecksumLength]), StringComparison.Ordinal));

    private static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..ChecksumLength];
}
