using System.Runtime.InteropServices;

namespace Voice.Core.Audio;

/// <summary>16-bit little-endian samples. Every platform .NET 10 runs on here is little-endian, so bytes and samples are one memory.</summary>
public static class Pcm16
{
    /// <summary>Quieter than the quietest 16-bit sample; stands for digital silence.</summary>
    public const float SilenceDbfs = -100f;

    /// <summary>An odd last byte is left out.</summary>
    public static ReadOnlySpan<short> Samples(ReadOnlySpan<byte> pcm) => MemoryMarshal.Cast<byte, short>(pcm);

    public static Span<short> Samples(Span<byte> pcm) => MemoryMarshal.Cast<byte, short>(pcm);

    public static ReadOnlySpan<byte> Bytes(ReadOnlySpan<short> samples) => MemoryMarshal.AsBytes(samples);

    public static TimeSpan Duration(int bytes, int sampleRate) => TimeSpan.FromTicks(bytes / 2 * TimeSpan.TicksPerSecond / sampleRate);

    /// <summary>Bytes of whole samples that <paramref name="duration"/> takes.</summary>
    public static int Length(TimeSpan duration, int sampleRate) => checked((int)(duration.Ticks * sampleRate / TimeSpan.TicksPerSecond * 2));

    /// <summary>Root mean square, 0 for a full-scale square wave.</summary>
    public static float LevelDbfs(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
        {
            return SilenceDbfs;
        }

        var sum = 0L;
        foreach (var sample in samples)
        {
            sum += sample * sample;
        }

        return ToDbfs((double)sum / samples.Length);
    }

    /// <param name="meanSquare">Of samples in the range of 16 bits.</param>
    public static float ToDbfs(double meanSquare) =>
        meanSquare <= 0 ? SilenceDbfs : MathF.Max(SilenceDbfs, (float)(10 * Math.Log10(meanSquare / (32768.0 * 32768.0))));

    /// <summary>Rounds and saturates.</summary>
    public static short FromSingle(float value) => (short)MathF.Round(Math.Clamp(value, short.MinValue, short.MaxValue));
}
