using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.Http;

/// <summary>
/// Cursors of lists: opaque to clients, and signed, so that only what a list gave out ever reaches its SQL, and what is in them may change.
/// </summary>
public sealed class PageCursors
{
    private const int MacBytes = 16;
    private const int MaxLength = 2048;

    private readonly byte[] _key;

    public PageCursors(IOptions<IdentityOptions> options) =>
        _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.SigningKey), "voiceaspire.page-cursors"u8);

    /// <param name="list">Name of the list.</param>
    /// <param name="position">What the order of the list is by, of the last row of the page.</param>
    public string Write(string list, params string[] position)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(position, CursorJson.Default.StringArray);
        var bytes = new byte[MacBytes + payload.Length];
        Mac(list, payload).CopyTo(bytes, 0);
        payload.CopyTo(bytes, MacBytes);
        return Base64Url.EncodeToString(bytes);
    }

    public bool TryRead(string list, string cursor, [NotNullWhen(true)] out IReadOnlyList<string>? position)
    {
        position = null;
        if (cursor.Length is 0 or > MaxLength)
        {
            return false;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        if (Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) != OperationStatus.Done || length <= MacBytes
            || !CryptographicOperations.FixedTimeEquals(Mac(list, bytes.AsSpan(MacBytes, length - MacBytes)), bytes.AsSpan(0, MacBytes)))
        {
            return false;
        }

        position = JsonSerializer.Deserialize(bytes.AsSpan(MacBytes, length - MacBytes), CursorJson.Default.StringArray);
        return position is not null;
    }

    /// <summary>Moments in a position, without a loss: PostgreSQL's have microseconds.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset Moment(string text) => new(long.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private byte[] Mac(string list, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{list}\n"));
        hash.AppendData(payload);
        return hash.GetHashAndReset()[..MacBytes];
    }
}
