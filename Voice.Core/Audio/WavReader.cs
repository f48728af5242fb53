using System.Buffers.Binary;

namespace Voice.Core.Audio;

/// <summary>
/// WAV bytes to mono 16-bit samples: RIFF and RIFX, extensible, PCM of any width, float, A-law and mu-law, any channel count
/// (averaged). Allocates by the bytes that are there, never by what a header claims.
/// </summary>
public static class WavReader
{
    /// <exception cref="WavFormatException">No WAV, cut off before the samples, or an encoding that is not read.</exception>
    public static WavAudio Read(ReadOnlySpan<byte> file)
    {
        var header = WavHeader.Parse(file);
        var data = file.Slice(header.DataOffset, (int)header.DataLength);
        var samples = new short[data.Length / header.BlockAlign];
        Span<short> block = stackalloc short[header.Channels];
        for (var i = 0; i < samples.Length; i++)
        {
            Decode(data.Slice(i * header.BlockAlign, header.BlockAlign), header, block);
            samples[i] = Average(block);
        }

        return new WavAudio(samples, header.SampleRate);
    }

    /// <summary>Samples in their order in the file, channel by channel.</summary>
    /// <param name="data">Whole blocks.</param>
    /// <param name="samples">As many as there are in <paramref name="data"/>.</param>
    public static void Decode(ReadOnlySpan<byte> data, WavHeader header, Span<short> samples)
    {
        if (header is { Encoding: WavEncoding.Pcm, BytesPerSample: 2, BigEndian: false })
        {
            Pcm16.Samples(data).CopyTo(samples);
            return;
        }

        var width = header.BytesPerSample;
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Sample(data.Slice(i * width, width), header);
        }
    }

    /// <summary>One sample of a block, from one for each channel.</summary>
    public static short Average(ReadOnlySpan<short> block)
    {
        var sum = 0;
        foreach (var sample in block)
        {
            sum += sample;
        }

        return (short)(sum / block.Length);
    }

    private static short Sample(ReadOnlySpan<byte> bytes, WavHeader header) => header.Encoding switch
    {
        // Left-justified, so the upper 16 bits are the sample whatever the width; one byte is unsigned.
        WavEncoding.Pcm when bytes.Length == 1 => (short)((bytes[0] - 128) << 8),
        WavEncoding.Pcm => header.BigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes[^2..]),
        WavEncoding.Float when bytes.Length == 4 => FromFloat(header.BigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        WavEncoding.Float => FromFloat(header.BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        WavEncoding.ALaw => G711.DecodeALaw(bytes[0]),
        _ => G711.DecodeMuLaw(bytes[0]),
    };

    private static short FromFloat(double value) => double.IsNaN(value) ? (short)0 : (short)Math.Clamp(Math.Round(value * 32768), short.MinValue, short.MaxValue);
}
