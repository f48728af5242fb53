using System.Security.Cryptography;

namespace Voice.Inference.Uploads;

/// <summary><c>Upload-Checksum: sha256 …</c>: what the bytes of one request are to be.</summary>
internal sealed class UploadChecksum : IDisposable
{
    private readonly IncrementalHash _hash;
    private readonly byte[] _expected;

    private UploadChecksum(HashAlgorithmName algorithm, byte[] expected) => (_hash, _expected) = (IncrementalHash.CreateHash(algorithm), expected);

    /// <summary>Null where the header names no algorithm that is known here, or no checksum of it.</summary>
    public static UploadChecksum? TryParse(string header)
    {
        var expected = new byte[64];
        if (header.Split(' ') is not [var name, var text] || text.Length > 88 || !Convert.TryFromBase64String(text, expected, out var length))
        {
            return null;
        }

        return (name, length) switch
        {
            // The protocol demands SHA-1. It finds what a network has changed; it protects nothing.
            ("sha1", SHA1.HashSizeInBytes) => new UploadChecksum(HashAlgorithmName.SHA1, expected[..length]),
            ("sha256", SHA256.HashSizeInBytes) => new UploadChecksum(HashAlgorithmName.SHA256, expected[..length]),
            _ => null,
        };
    }

    public void Add(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public bool Holds() => CryptographicOperations.FixedTimeEquals(_hash.GetHashAndReset(), _expected);

    public void Dispose() => _hash.Dispose();
}
