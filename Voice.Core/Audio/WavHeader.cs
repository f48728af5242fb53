using System.Buffers.Binary;

namespace Voice.Core.Audio;

/// <summary>What the chunks before the samples say, checked for sense against each other and against the bytes that are there.</summary>
/// <param name="BitsPerSample">Valid bits; the container is the next whole byte (12 bits travel in 2 bytes, left-justified).</param>
/// <param name="DataOffset">Where the samples start.</param>
/// <param name="DataLength">Bytes of samples that are really there, in whole blocks; the claim of a file cut short is not believed.</param>
/// <param name="Truncated">The file ends before the data chunk says it does, or says it was still being written.</param>
/// <param name="BigEndian">RIFX.</param>
public sealed record WavHeader(
    WavEncoding Encoding, int SampleRate, int Channels, int BitsPerSample, int DataOffset, int DataLength, bool Truncated, bool BigEndian)
{
    private const int MinFormatChunk = 16;
    private const int ExtensibleFormatChunk = 40;
    private const int MaxChannels = 64;
    private const int MinSampleRate = 1_000;
    private const int MaxSampleRate = 384_000;

    public int BytesPerSample => (BitsPerSample + 7) / 8;

    public int BlockAlign => Channels * BytesPerSample;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)DataLength / BlockAlign / SampleRate);

    /// <exception cref="WavFormatException">No WAV, cut off before the samples, or an encoding that is not read.</exception>
    public static WavHeader Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12)
        {
            throw new WavFormatException("The file is too short to be a WAV file.");
        }

        var bigEndian = file[..4].SequenceEqual("RIFX"u8);
        if ((!bigEndian && !file[..4].SequenceEqual("RIFF"u8)) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            throw new WavFormatException("The file is not a WAV file: it does not begin with a RIFF/WAVE header.");
        }

        Format? format = null;
        var position = 12;
        while (file.Length - position >= 8)
        {
            var id = file.Slice(position, 4);
            var claimed = UInt32(file[(position + 4)..], bigEndian);
            var body = position + 8;
            if (id.SequenceEqual("data"u8))
            {
                return WithData(format ?? throw new WavFormatException("The WAV file has samples before its format chunk."),
                    body, claimed, file.Length - body, bigEndian);
            }

            if (claimed > (uint)(file.Length - body))
            {
                throw new WavFormatException($"The WAV file is cut off or damaged: a chunk claims {claimed} bytes and {file.Length - body} are left.");
            }

            if (id.SequenceEqual("fmt "u8))
            {
                format = ParseFormat(file.Slice(body, (int)claimed), bigEndian);
            }

            // Chunks are padded to even length; the pad byte is not counted.
            position = body + (int)claimed + (int)(claimed & 1);
        }

        throw new WavFormatException(format is null ? "The WAV file has no format chunk." : "The WAV file has no samples: its data chunk is missing.");
    }

    private static WavHeader WithData(Format format, int offset, uint claimed, int available, bool bigEndian)
    {
        if (claimed > 0 && available == 0)
        {
            throw new WavFormatException($"The WAV file ends before its samples: {claimed} bytes are announced and none are there.");
        }

        // 0 and 0xFFFFFFFF with bytes after them are what streaming writers leave when they could not seek back.
        var stillWriting = claimed == uint.MaxValue || (claimed == 0 && available > 0);
        var length = stillWriting ? available : (int)Math.Min(claimed, (uint)available);
        var header = new WavHeader(format.Encoding, format.SampleRate, format.Channels, format.Bits, offset, 0, stillWriting || claimed > (uint)available, bigEndian);
        return header with { DataLength = length - (length % header.BlockAlign) };
    }

    private static Format ParseFormat(ReadOnlySpan<byte> chunk, bool bigEndian)
    {
        if (chunk.Length < MinFormatChunk)
        {
            throw new WavFormatException($"The WAV format chunk is too short: {chunk.Length} bytes of at least {MinFormatChunk}.");
        }

        var tag = UInt16(chunk, bigEndian);
        var channels = UInt16(chunk[2..], bigEndian);
        var rate = UInt32(chunk[4..], bigEndian);
        var blockAlign = UInt16(chunk[12..], bigEndian);
        var bits = UInt16(chunk[14..], bigEndian);
        if (tag == 0xFFFE)
        {
            if (chunk.Length < ExtensibleFormatChunk)
            {
                throw new WavFormatException("The extensible WAV format chunk is too short.");
            }

            // The first field of the sub-format GUID, 32 bits in the file's byte order, is the classic tag.
            tag = (ushort)Math.Min(UInt32(chunk[24..], bigEndian), ushort.MaxValue);
        }

        var encoding = tag switch
        {
            1 => WavEncoding.Pcm,
            3 => WavEncoding.Float,
            6 => WavEncoding.ALaw,
            7 => WavEncoding.MuLaw,
            _ => throw new WavFormatException($"WAV encoding 0x{tag:x4} is not supported; use PCM, float, A-law or mu-law."),
        };
        Check(channels is > 0 and <= MaxChannels, $"The WAV header names {channels} channels; 1 to {MaxChannels} are read.");
        Check(rate is >= MinSampleRate and <= MaxSampleRate, $"The WAV header names a sample rate of {rate} Hz; {MinSampleRate} to {MaxSampleRate} are read.");
        Check(
            encoding switch { WavEncoding.Pcm => bits is > 0 and <= 64, WavEncoding.Float => bits is 32 or 64, _ => bits == 8 },
            $"The WAV header names {bits} bits per sample, which does not fit its encoding.");
        Check(blockAlign == channels * ((bits + 7) / 8), $"The WAV header contradicts itself: {channels} channels of {bits} bits do not make blocks of {blockAlign} bytes.");
        return new Format(encoding, (int)rate, channels, bits);
    }

    private static void Check(bool ok, string message)
    {
        if (!ok)
        {
            throw new WavFormatException(message);
        }
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private readonly record struct Format(WavEncoding Encoding, int SampleRate, int Channels, int Bits);
}
