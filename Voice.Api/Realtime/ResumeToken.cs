using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Api.Realtime;

/// <summary>What a client shows to come back to its session. Shown once, to it alone; neither logged nor stored.</summary>
internal static class ResumeToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Under which the session is found: a look-up takes longer or shorter by the hash, not by the token.</summary>
    public static string Key(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The number in an event id, <c>event_41</c>; of what is none, null.</summary>
    public static long? EventNumber(string? eventId)
    {
        const string Prefix = "event_";
        if (eventId?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var digits = eventId.AsSpan(Prefix.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(end < 0 ? digits : digits[..end], out var number) ? number : null;
    }
}
