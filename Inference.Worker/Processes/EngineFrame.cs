using System.Buffers.Binary;

namespace Voice.Inference.Processes;

/// <summary>One message between the worker and a engine process: a kind, a 32-bit length, and that many bytes.</summary>
/// <remarks>The payload of a frame that was read is valid until the next read.</remarks>
internal readonly record struct EngineFrame(EngineFrameKind Kind, ReadOnlyMemory<byte> Payload)
{
    public const int HeaderLength = 5;

    /// <summary>8 s of audio; whatever claims to be longer is not one of our frames.</summary>
    public const int MaxPayload = 1 << 18;

    public static void WriteHeader(Span<byte> header, EngineFrameKind kind, int length)
    {
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], length);
    }

    public static (EngineFrameKind Kind, int Length) ReadHeader(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[1..]);
        return length is >= 0 and <= MaxPayload
            ? ((EngineFrameKind)header[0], length)
            : throw new InvalidDataException($"An engine frame claims {length} bytes.");
    }
}
