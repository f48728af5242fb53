using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Voice.Core.Providers;

namespace Voice.Api.SpeechCache;

internal static class SpeechKey
{
    /// <summary><c>audio:{hash}</c>: all that makes audio what it is, and none of it to be read from the key.</summary>
    public static string For(SpeechRequest request)
    {
        // The number in front changes with the format of what is kept.
        var parts = string.Join('\0', "1", request.Model, request.Voice, request.Language, request.Speed.ToString("R", CultureInfo.InvariantCulture), request.Text);
        if (request.IsSsml || request.Instructions is not null)
        {
            parts += $"\0{(request.IsSsml ? "ssml" : "text")}\0{request.Instructions}";
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(parts), hash);
        return $"audio:{Convert.ToHexStringLower(hash)}";
    }
}
