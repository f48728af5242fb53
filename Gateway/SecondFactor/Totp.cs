using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Voice.Gateway.SecondFactor;

/// <summary>Time-based one-time passwords, RFC 6238, with what every authenticator app can: HMAC-SHA1, six digits, steps of 30 seconds.</summary>
internal static class Totp
{
    public const int Digits = 6;
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;

    /// <summary>Phones are off by some seconds, and people type: the step before and the one after are good too.</summary>
    private const int Drift = 1;

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The algorithm that authenticator apps implement; HMAC does not rest on SHA-1's resistance to collisions.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & int.MaxValue;
        return (truncated % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <returns>The step that the code is of, or null. Takes the same time whichever it is.</returns>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? found = null;
        Span<byte> given = stackalloc byte[Digits];
        if (code.Length != Digits || !TryDigits(code, given))
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[Digits];
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
        {
            TryDigits(CodeAt(secret, step), expected);
            if (CryptographicOperations.FixedTimeEquals(given, expected))
            {
                found = step;
            }
        }

        return found;
    }

    private static bool TryDigits(string text, Span<byte> digits)
    {
        for (var i = 0; i < Digits; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }

            digits[i] = (byte)text[i];
        }

        return true;
    }
}
