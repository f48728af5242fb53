using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Inference.Webhooks;

internal static class WebhookSignature
{
    /// <summary>As the header <c>webhook-signature</c> has it: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    /// <param name="timestamp">Unix seconds, of this attempt.</param>
    public static string Of(string id, long timestamp, string body, ReadOnlySpan<byte> key) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"))));
}
