using System.Runtime.Intrinsics;

namespace Voice.Core.Audio;

/// <summary>
/// ITU-T G.711: telephone samples of 8 bits, as the reference code of G.191 gives them. Of a code that stands for a range of samples
/// decoding gives the middle; mu-law has two codes for zero, and encoding uses 0xFF.
/// </summary>
public static class G711
{
    private const int MuLawBias = 33;
    private const int MuLawMax = 0x1FFF;

    // As a float a magnitude is already segment and step: its exponent and the first four bits after the leading one.
    private const int StepShift = 23 - 4;
    private const int MuLawFirst = (127 + 5) << 4;
    private const int ALawFirst = (127 + 3) << 4;

    private static readonly short[] MuLaw = Table(DecodeMuLaw);
    private static readonly short[] ALaw = Table(DecodeALaw);

    /// <param name="codes">Holds as many as there are samples.</param>
    public static void EncodeMuLaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        codes = codes[..samples.Length];
        var done = 0;
        for (; done <= samples.Length - Vector256<short>.Count; done += Vector256<short>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(samples[done..]));
            Narrow(MuLawCodes(low), MuLawCodes(high)).CopyTo(codes[done..]);
        }

        for (; done < samples.Length; done++)
        {
            codes[done] = EncodeMuLaw(samples[done]);
        }
    }

    /// <param name="codes">Holds as many as there are samples.</param>
    public static void EncodeALaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        codes = codes[..samples.Length];
        var done = 0;
        for (; done <= samples.Length - Vector256<short>.Count; done += Vector256<short>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(samples[done..]));
            Narrow(ALawCodes(low), ALawCodes(high)).CopyTo(codes[done..]);
        }

        for (; done < samples.Length; done++)
        {
            codes[done] = EncodeALaw(samples[done]);
        }
    }

    /// <param name="samples">Holds as many as there are codes.</param>
    public static void DecodeMuLaw(ReadOnlySpan<byte> codes, Span<short> samples) => Look(codes, samples, MuLaw);

    /// <param name="samples">Holds as many as there are codes.</param>
    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> samples) => Look(codes, samples, ALaw);

    public static byte EncodeMuLaw(short sample)
    {
        var magnitude = Math.Min((Magnitude(sample) >> 2) + MuLawBias, MuLawMax);
        var step = (BitConverter.SingleToInt32Bits(magnitude) >> StepShift) - MuLawFirst;
        return (byte)(step ^ (sample < 0 ? 0x7F : 0xFF));
    }

    public static byte EncodeALaw(short sample)
    {
        var magnitude = Magnitude(sample) >> 4;
        var step = magnitude < 16 ? magnitude : (BitConverter.SingleToInt32Bits(magnitude) >> StepShift) - ALawFirst;
        return (byte)(step ^ (sample < 0 ? 0x55 : 0xD5));
    }

    public static short DecodeMuLaw(byte code)
    {
        var bits = ~code & 0xFF;
        var magnitude = ((((bits & 0x0F) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    public static short DecodeALaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = (bits & 0x70) >> 4;
        var magnitude = ((bits & 0x0F) << 4) + (segment == 0 ? 8 : 0x108);
        magnitude = segment > 1 ? magnitude << (segment - 1) : magnitude;
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    /// <summary>One's complement: -1 is as far from zero as 0 is, and -32768 has no overflow.</summary>
    private static int Magnitude(short sample) => sample < 0 ? ~sample : sample;

    private static Vector256<int> MuLawCodes(Vector256<int> samples)
    {
        var sign = samples >> 31;
        var magnitude = Vector256.Min(((samples ^ sign) >> 2) + Vector256.Create(MuLawBias), Vector256.Create(MuLawMax));
        var step = (Vector256.ConvertToSingle(magnitude).AsInt32() >> StepShift) - Vector256.Create(MuLawFirst);
        return step ^ (Vector256.Create(0xFF) ^ (sign & Vector256.Create(0x80)));
    }

    private static Vector256<int> ALawCodes(Vector256<int> samples)
    {
        var sign = samples >> 31;
        var magnitude = (samples ^ sign) >> 4;
        var step = (Vector256.ConvertToSingle(magnitude).AsInt32() >> StepShift) - Vector256.Create(ALawFirst);
        var first = Vector256.LessThan(magnitude, Vector256.Create(16));
        return Vector256.ConditionalSelect(first, magnitude, step) ^ (Vector256.Create(0xD5) ^ (sign & Vector256.Create(0x80)));
    }

    private static Vector128<byte> Narrow(Vector256<int> low, Vector256<int> high)
    {
        var codes = Vector256.Narrow(low, high).AsUInt16();
        return Vector128.Narrow(codes.GetLower(), codes.GetUpper());
    }

    private static void Look(ReadOnlySpan<byte> codes, Span<short> samples, short[] table)
    {
        samples = samples[..codes.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            samples[i] = table[codes[i]];
        }
    }

    private static short[] Table(Func<byte, short> decode) => [.. Enumerable.Range(0, 256).Select(code => decode((byte)code))];
}
