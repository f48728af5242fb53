using System.Buffers.Binary;

namespace Voice.Core.Audio;

/// <summary>16-bit PCM WAV files.</summary>
public static class WavWriter
{
    public const int HeaderLength = 44;

    /// <param name="dataLength">Bytes of samples that follow; more than a WAV can say is written as "as much as there is".</param>
    public static void WriteHeader(Span<byte> destination, int sampleRate, int channels, long dataLength)
    {
        var length = (uint)Math.Min(dataLength, uint.MaxValue - HeaderLength);
        "RIFF"u8.CopyTo(destination);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], length + HeaderLength - 8);
        "WAVEfmt "u8.CopyTo(destination[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[24..], (uint)sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[28..], (uint)(sampleRate * channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(destination[32..], (ushort)(channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(destination[34..], 16);
        "data"u8.CopyTo(destination[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[40..], length);
    }

    /// <summary>A whole file of 16-bit little-endian PCM (interleaved where there is more than one channel).</summary>
    public static byte[] Write(ReadOnlySpan<byte> pcm, int sampleRate, int channels = 1)
    {
        var file = new byte[HeaderLength + pcm.Length];
        WriteHeader(file, sampleRate, channels, pcm.Length);
        pcm.CopyTo(file.AsSpan(HeaderLength));
        return file;
    }

    public static byte[] Write(ReadOnlySpan<short> samples, int sampleRate, int channels = 1) => Write(Pcm16.Bytes(samples), sampleRate, channels);
}
