using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Voice.Api.Sessions;

/// <summary>Where a page of sessions ended. Opaque to clients: eight bytes of ticks and the id, in base64url.</summary>
internal sealed record SessionCursor(DateTimeOffset StartedAt, string Id)
{
    private const int MaxIdBytes = 64;

    public static bool TryParse(string text, [NotNullWhen(true)] out SessionCursor? cursor)
    {
        cursor = null;
        Span<byte> bytes = stackalloc byte[sizeof(long) + MaxIdBytes];
        if (text.Length > 2 * bytes.Length
            || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done
            || length <= sizeof(long))
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var id = bytes[sizeof(long)..length];
        if (ticks < DateTimeOffset.UnixEpoch.Ticks || ticks > DateTimeOffset.MaxValue.Ticks || !Ascii.IsValid(id) || id.ContainsAnyInRange((byte)0, (byte)' '))
        {
            return false;
        }

        cursor = new SessionCursor(new DateTimeOffset(ticks, TimeSpan.Zero), Encoding.ASCII.GetString(id));
        return true;
    }

    public override string ToString()
    {
        var bytes = new byte[sizeof(long) + Id.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, StartedAt.UtcTicks);
        Encoding.ASCII.GetBytes(Id, bytes.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(bytes);
    }
}
