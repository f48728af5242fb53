using System.Buffers.Binary;

namespace Voice.Api.Recordings;

/// <summary>Stereo WAV, 16-bit at 24 kHz: the user left, the assistant right.</summary>
internal static class RecordingFormat
{
    public const string ContentType = "audio/wav";
    public const int SampleRate = 24_000;
    public const int HeaderBytes = 44;

    /// <summary>One sample of both sides.</summary>
    public const int FrameBytes = 2 * sizeof(short);

    private const int FormatChunkBytes = 16;
    private const short Pcm = 1;

    public static long Samples(TimeSpan time) => time.Ticks * SampleRate / TimeSpan.TicksPerSecond;

    /// <summary>RIFF header for that much audio; lengths are capped where 32 bits end, after 12 hours.</summary>
    public static void WriteHeader(Span<byte> header, long audioBytes)
    {
        var length = (uint)Math.Min(audioBytes, uint.MaxValue - HeaderBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], length + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], FormatChunkBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], Pcm);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], SampleRate * FrameBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], FrameBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], length);
    }
}
