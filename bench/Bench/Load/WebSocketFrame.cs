using System.Buffers.Binary;
using System.Text;

namespace Voice.Bench.Load;

/// <summary>Frames as RFC 6455 has them: made once and sent often, since a microphone's frames differ only in their sound.</summary>
internal static class WebSocketFrame
{
    public const byte Text = 1;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    /// <summary>From a client: masked.</summary>
    public static byte[] Make(byte opcode, ReadOnlySpan<byte> payload)
    {
        var header = payload.Length < 126 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        var frame = new byte[header + Mask.Length + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        switch (header)
        {
            case 2:
                frame[1] = (byte)(0x80 | payload.Length);
                break;
            case 4:
                frame[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                frame[1] = 0x80 | 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
                break;
        }

        Mask.CopyTo(frame.AsSpan(header));
        for (var i = 0; i < payload.Length; i++)
        {
            frame[header + Mask.Length + i] = (byte)(payload[i] ^ Mask[i % Mask.Length]);
        }

        return frame;
    }

    public static byte[] Make(string json) => Make(Text, Encoding.UTF8.GetBytes(json));

    public static byte[] Audio(ReadOnlySpan<byte> pcm) =>
        Make($$"""{"type":"input_audio_buffer.append","audio":"{{Convert.ToBase64String(pcm)}}"}""");

    /// <summary>From a server: not masked.</summary>
    /// <returns>False where the frame is not there in full.</returns>
    public static bool TryRead(ReadOnlySpan<byte> received, out byte opcode, out ReadOnlySpan<byte> payload, out int length)
    {
        opcode = 0;
        payload = default;
        length = 0;
        if (received.Length < 2)
        {
            return false;
        }

        var header = (received[1] & 0x7f) switch { 126 => 4, 127 => 10, _ => 2 };
        if (received.Length < header)
        {
            return false;
        }

        var size = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(received[2..]),
            10 => (long)BinaryPrimitives.ReadUInt64BigEndian(received[2..]),
            _ => received[1] & 0x7f,
        };
        if (received.Length - header < size)
        {
            return false;
        }

        opcode = (byte)(received[0] & 0x0f);
        payload = received.Slice(header, (int)size);
        length = header + (int)size;
        return true;
    }
}
