using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Api.Recordings;

/// <summary>
/// Signs download links: HMAC-SHA256 over session id and expiry, under a key derived from <c>Auth:SigningKey</c> for this use only, so a link
/// is never a token nor the other way round.
/// </summary>
internal sealed class RecordingSignatures
{
    private readonly byte[] _key;

    public RecordingSignatures(IConfiguration configuration)
    {
        var signingKey = configuration["Auth:SigningKey"]
            ?? throw new InvalidOperationException("Auth:SigningKey is not configured.");
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(signingKey), 32, info: "voiceaspire recording link"u8.ToArray());
    }

    /// <param name="expires">Unix seconds.</param>
    public string Sign(string sessionId, long expires) => Base64Url.EncodeToString(Compute(sessionId, expires));

    public bool IsValid(string sessionId, long expires, string signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Base64Url.DecodeFromChars(signature, given, out _, out var length) == OperationStatus.Done
            && length == HMACSHA256.HashSizeInBytes
            && CryptographicOperations.FixedTimeEquals(given, Compute(sessionId, expires));
    }

    private byte[] Compute(string sessionId, long expires) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{sessionId}\n{expires}")));
}
