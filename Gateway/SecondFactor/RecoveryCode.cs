using System.Security.Cryptography;
using System.Text;

namespace Voice.Gateway.SecondFactor;

/// <summary>80 random bits as four groups of four letters and digits: too many for a fast hash to matter, few enough to be written down.</summary>
internal static class RecoveryCode
{
    public const int Count = 10;

    private const int Bytes = 10;
    private const int Letters = 16;

    public static string New()
    {
        var text = Base32.Encode(RandomNumberGenerator.GetBytes(Bytes)).ToLowerInvariant();
        return $"{text[..4]}-{text[4..8]}-{text[8..12]}-{text[12..]}";
    }

    /// <returns>Null for what cannot be one; case, spaces and dashes are as people type them.</returns>
    public static byte[]? Hash(string code)
    {
        var letters = new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        return letters.Length == Letters ? SHA256.HashData(Encoding.ASCII.GetBytes(letters)) : null;
    }
}
