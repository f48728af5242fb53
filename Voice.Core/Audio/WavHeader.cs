using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Voice.Core.Audio;

/// <summary>What the chunks before the samples say, checked for sense against each other and against the bytes that are there.</summary>
/// <param name="BitsPerSample">Valid bits; the container is the next whole byte (12 bits travel in 2 bytes, left-justified).</param>
/// <param name="DataOffset">Where the samples start.</param>
/// <param name="DataLength">
/// Bytes of samples that are really there, in whole blocks; the claim of a file cut short is not believed. Of a stream whose end is not known
/// yet, what it claims, and <see cref="long.MaxValue"/> where it claims nothing.
/// </param>
/// <param name="Truncated">The file ends before the data chunk says it does, or says it was still being written.</param>
/// <param name="BigEndian">RIFX.</param>
public sealed record WavHeader(
    WavEncoding Encoding, int SampleRate, int Channels, int BitsPerSample, int DataOffset, long DataLength, bool Truncated, bool BigEndian)
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
    public static WavHeader Parse(ReadOnlySpan<byte> file) => TryParse(file, whole: true, out var header) ? header : throw new InvalidOperationException("A whole file was left undecided.");

    /// <param name="start">Of the file; all of it where <paramref name="whole"/>.</param>
    /// <returns>False where more of the file is needed to say, which is never so of a whole one.</returns>
    /// <exception cref="WavFormatException">No WAV, cut off before the samples, or an encoding that is not read.</exception>
    public static bool TryParse(ReadOnlySpan<byte> start, bool whole, [NotNullWhen(true)] out WavHeader? header)
    {
        header = null;
        if (start.Length < 12)
        {
            return whole ? throw new WavFormatException($"The file is too short to be a WAV file: it ends at byte {start.Length}, within the RIFF header.") : false;
        }

        var bigEndian = start[..4].SequenceEqual("RIFX"u8);
        if ((!bigEndian && !start[..4].SequenceEqual("RIFF"u8) && !start[..4].SequenceEqual("RF64"u8)) || !start[8..12].SequenceEqual("WAVE"u8))
        {
            throw new WavFormatException("The file is not a WAV file: it does not begin with a RIFF/WAVE header.");
        }

        Format? format = null;
        var longData = 0UL;
        long position = 12;
        while (start.Length - position >= 8)
        {
            var (at, body) = ((int)position, (int)position + 8);
            var id = start.Slice(at, 4);
            var claimed = UInt32(start[(at + 4)..], bigEndian);
            if (id.SequenceEqual("data"u8))
            {
                header = WithData(format ?? throw new WavFormatException($"The WAV file has samples before its format chunk (at byte {at})."),
                    body, claimed, longData, start.Length - body, whole, bigEndian);
                return true;
            }

            if (claimed > (uint)(start.Length - body))
            {
                if (!whole)
                {
                    return false;
                }

                throw new WavFormatException(
                    $"The WAV file is cut off or damaged at byte {at}: its chunk '{Printable(id)}' claims {claimed} bytes and {start.Length - body} are left.");
            }

            if (id.SequenceEqual("fmt "u8))
            {
                format = ParseFormat(start.Slice(body, (int)claimed), at, bigEndian);
            }
            else if (id.SequenceEqual("ds64"u8) && claimed >= 16)
            {
                // RF64: files of more than 4 GB say 0xFFFFFFFF in their data chunk, and the length here, after that of the whole.
                longData = BinaryPrimitives.ReadUInt64LittleEndian(start[(body + 8)..]);
            }

            // Chunks are padded to even length; the pad byte is not counted.
            position = body + (long)claimed + (claimed & 1);
        }

        return whole
            ? throw new WavFormatException(format is null
                ? $"The WAV file has no format chunk: it ends at byte {start.Length}."
                : $"The WAV file has no samples: its data chunk is missing at byte {Math.Min(position, start.Length)}, where the file ends.")
            : false;
    }

    private static WavHeader WithData(Format format, int offset, uint claimed, ulong longData, int available, bool whole, bool bigEndian)
    {
        if (whole && claimed > 0 && available == 0)
        {
            throw new WavFormatException($"The WAV file ends at byte {offset}, before its samples: {claimed} bytes are announced and none are there.");
        }

        // 0 and 0xFFFFFFFF with bytes after them are what streaming writers leave when they could not seek back.
        var known = claimed == uint.MaxValue && longData is > 0 and < long.MaxValue ? (long)longData : claimed;
        var stillWriting = known == uint.MaxValue || (known == 0 && (available > 0 || !whole));
        var header = new WavHeader(format.Encoding, format.SampleRate, format.Channels, format.Bits, offset, 0, stillWriting, bigEndian);
        if (!whole)
        {
            return header with { DataLength = stillWriting ? long.MaxValue : known - (known % header.BlockAlign) };
        }

        var length = stillWriting ? available : Math.Min(known, available);
        return header with { DataLength = length - (length % header.BlockAlign), Truncated = stillWriting || known > available };
    }

    private static Format ParseFormat(ReadOnlySpan<byte> chunk, int at, bool bigEndian)
    {
        if (chunk.Length < MinFormatChunk)
        {
            throw new WavFormatException($"The WAV format chunk at byte {at} is too short: {chunk.Length} bytes of at least {MinFormatChunk}.");
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
                throw new WavFormatException($"The extensible WAV format chunk at byte {at} is too short.");
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
            _ => throw new WavFormatException($"WAV encoding 0x{tag:x4} (at byte {at + 8}) is not supported; use PCM, float, A-law or mu-law.") { UnreadEncoding = tag },
        };
        Check(channels is > 0 and <= MaxChannels, $"The WAV header names {channels} channels (at byte {at + 10}); 1 to {MaxChannels} are read.");
        Check(rate is >= MinSampleRate and <= MaxSampleRate, $"The WAV header names a sample rate of {rate} Hz (at byte {at + 12}); {MinSampleRate} to {MaxSampleRate} are read.");
        Check(
            encoding switch { WavEncoding.Pcm => bits is > 0 and <= 64, WavEncoding.Float => bits is 32 or 64, _ => bits == 8 },
            $"The WAV header names {bits} bits per sample (at byte {at + 22}), which does not fit its encoding.");
        Check(blockAlign == channels * ((bits + 7) / 8), $"The WAV header contradicts itself: {channels} channels of {bits} bits do not make blocks of {blockAlign} bytes (at byte {at + 20}).");
        return new Format(encoding, (int)rate, channels, bits);
    }

    private static string Printable(ReadOnlySpan<byte> id) => string.Create(4, BinaryPrimitives.ReadUInt32LittleEndian(id), (text, bytes) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = (char)(byte)(bytes >> (8 * i));
            text[i] = char.IsAsciiLetterOrDigit(c) || c == ' ' ? c : '?';
        }
    });

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
