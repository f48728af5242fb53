using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Voice.Inference.Webhooks;

/// <summary>A symmetric secret of Standard Webhooks: 24 to 64 random bytes, shown as <c>whsec_</c> and their base64.</summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";

    private const int Bytes = 32;

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    public static bool TryParse(string secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100)
        {
            return false;
        }

        var bytes = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) || length is < 24 or > 64)
        {
            return false;
        }

        key = bytes[..length];
        return true;
    }
}
