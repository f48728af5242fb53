using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Voice.Core.Audio;

namespace Voice.Core.Turns;

/// <summary>What tells a voice from other sounds in 32 ms of it.</summary>
/// <param name="Harmonicity">How well the sound repeats itself at a pitch of 70 to 400 Hz: 0 to 1, noise under 0.4, a held vowel over 0.8.</param>
/// <param name="Flatness">Geometric over arithmetic mean of the spectrum from 125 to 4,100 Hz, in dB: noise above -5, a voice under -10.</param>
/// <param name="Steadiness">Correlation of the spectrum with that of the frame before: a voice moves and seldom is above 0.96, tones and chords stand still.</param>
/// <param name="Pitch">Hz, where there is harmonicity.</param>
internal readonly record struct VoiceFeatures(float Harmonicity, float Flatness, float Steadiness, float Pitch)
{
    public const int WindowLength = PowerSpectrum.Length;

    /// <summary>Of the spectrum that is compared with the next frame's.</summary>
    public const int Bins = 128;

    private const int FirstBin = 4;

    /// <summary>What the first bins and the last fall into, in whole vectors.</summary>
    private const int BinsNeeded = Bins + 16;

    /// <summary>-20 dB.</summary>
    private const float Range = 1e-2f;
    private const float DecibelsPerOctave = 3.0103f;

    // Autocorrelation at 4 kHz: the voice's first harmonics, at a sixteenth of the cost.
    private const int Decimation = 4;
    private const int Short = WindowLength / Decimation;
    private const int ShortRate = VoiceActivityDetector.SampleRate / Decimation;
    private const int ShortestLag = 10;
    private const int Lags = 48;
    private const int Overlap = Short - ShortestLag - Lags;

    /// <summary>Less of what lies under the voice: hum and its overtones have peaks enough to hide those of a voice.</summary>
    private static readonly float[] Weights =
        [.. Enumerable.Range(FirstBin, Bins).Select(bin => 1 / (1 + MathF.Pow(250f * WindowLength / (bin * VoiceActivityDetector.SampleRate), 4)))];

    // Nothing in it outlives a call, so one per thread serves all sessions.
    [ThreadStatic]
    private static float[]? _work;

    /// <param name="window"><see cref="WindowLength"/> samples; the frame is its end.</param>
    /// <param name="spectrum">Holds the frame before; then this one.</param>
    /// <param name="fresh">There was no frame before.</param>
    public static VoiceFeatures Of(ReadOnlySpan<short> window, Span<float> spectrum, bool fresh)
    {
        var work = (_work ??= new float[PowerSpectrum.Work + BinsNeeded]).AsSpan();
        var power = work[PowerSpectrum.Work..];
        PowerSpectrum.Of(window, power, work[..PowerSpectrum.Work]);
        var (flatness, steadiness) = Shape(power.Slice(FirstBin, Bins), spectrum);
        var (harmonicity, pitch) = Periodicity(window, work[..(Short + Lags)]);
        return new VoiceFeatures(harmonicity, flatness, fresh ? 0 : steadiness, pitch);
    }

    private static (float Flatness, float Steadiness) Shape(ReadOnlySpan<float> power, Span<float> before)
    {
        Vector512<float> total = default;
        for (var at = 0; at < Bins; at += Vector512<float>.Count)
        {
            total += Vector512.Create(power[at..]) * Vector512.Create(Weights.AsSpan(at));
        }

        // What lies far under the mean is noise, or the window's own skirts, and says nothing about the sound.
        var least = Vector512.Create((Range * Vector512.Sum(total) / Bins) + 1e-4f);
        Vector512<float> sum = default, logs = default, logs2 = default, old = default, old2 = default, both = default;
        for (var at = 0; at < Bins; at += Vector512<float>.Count)
        {
            var value = (Vector512.Create(power[at..]) * Vector512.Create(Weights.AsSpan(at))) + least;
            var log = Vector512.Log2(value);
            var last = Vector512.Create<float>(before[at..]);
            sum += value;
            logs += log;
            logs2 += log * log;
            old += last;
            old2 += last * last;
            both += log * last;
            log.CopyTo(before[at..]);
        }

        var (mean, meanOld) = (Vector512.Sum(logs) / Bins, Vector512.Sum(old) / Bins);
        var variance = (Vector512.Sum(logs2) / Bins) - (mean * mean);
        var varianceOld = (Vector512.Sum(old2) / Bins) - (meanOld * meanOld);
        var covariance = (Vector512.Sum(both) / Bins) - (mean * meanOld);
        return (DecibelsPerOctave * (mean - MathF.Log2(Vector512.Sum(sum) / Bins)), covariance / MathF.Sqrt(MathF.Max(variance * varianceOld, 1e-6f)));
    }

    private static (float Harmonicity, float Pitch) Periodicity(ReadOnlySpan<short> window, Span<float> values)
    {
        Decimate(window, values);
        ref var at = ref MemoryMarshal.GetReference(values);
        Vector512<float> first = default, second = default, third = default;
        var firstEnergy = Vector512.Create(1f);
        var (secondEnergy, thirdEnergy, energy) = (firstEnergy, firstEnergy, 1f);
        for (var i = 0; i < Overlap; i++)
        {
            var value = Vector512.Create(at);
            energy += at * at;
            // What lies the lag later, and how strong that is: of sixteen lags each.
            var later = Vector512.LoadUnsafe(ref at, ShortestLag);
            first = Vector512.FusedMultiplyAdd(value, later, first);
            firstEnergy = Vector512.FusedMultiplyAdd(later, later, firstEnergy);
            later = Vector512.LoadUnsafe(ref at, ShortestLag + 16);
            second = Vector512.FusedMultiplyAdd(value, later, second);
            secondEnergy = Vector512.FusedMultiplyAdd(later, later, secondEnergy);
            later = Vector512.LoadUnsafe(ref at, ShortestLag + 32);
            third = Vector512.FusedMultiplyAdd(value, later, third);
            thirdEnergy = Vector512.FusedMultiplyAdd(later, later, thirdEnergy);
            at = ref Unsafe.Add(ref at, 1);
        }

        Span<float> sums = stackalloc float[Lags];
        first.CopyTo(sums);
        second.CopyTo(sums[16..]);
        third.CopyTo(sums[32..]);
        // Squared and signed, so that the root is taken once.
        first *= Vector512.Abs(first) / firstEnergy;
        second *= Vector512.Abs(second) / secondEnergy;
        third *= Vector512.Abs(third) / thirdEnergy;
        var most = Most(Vector512.Max(Vector512.Max(first, second), third));
        if (most <= 0)
        {
            return (0, ShortRate / (ShortestLag + Vertex(sums, 0)));
        }

        var best = Vector512.Create(most);
        var found = Vector512.Equals(first, best).ExtractMostSignificantBits()
            | (Vector512.Equals(second, best).ExtractMostSignificantBits() << 16)
            | (Vector512.Equals(third, best).ExtractMostSignificantBits() << 32);
        var lag = BitOperations.TrailingZeroCount(found);
        return (MathF.Min(1, MathF.Sqrt(most / energy)), ShortRate / (ShortestLag + lag + Vertex(sums, lag)));
    }

    private static float Most(Vector512<float> values)
    {
        var eight = Vector256.Max(values.GetLower(), values.GetUpper());
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
    }

    /// <summary>The peak of the parabola through a lag and its neighbours, from that lag.</summary>
    private static float Vertex(ReadOnlySpan<float> sums, int lag)
    {
        if (lag == 0 || lag == sums.Length - 1)
        {
            return 0;
        }

        var curve = sums[lag - 1] - (2 * sums[lag]) + sums[lag + 1];
        return curve >= 0 ? 0 : Math.Clamp((sums[lag - 1] - sums[lag + 1]) / (2 * curve), -0.5f, 0.5f);
    }

    /// <summary>Sums of four samples, less those of half a millisecond before: hum and rumble would repeat themselves at any pitch.</summary>
    private static void Decimate(ReadOnlySpan<short> window, Span<float> values)
    {
        var groups = MemoryMarshal.Cast<short, long>(window);
        var sums = values[2..];
        for (var i = 0; i < Short; i += Vector256<float>.Count)
        {
            var four = Vector512.Create(groups[i..]);
            var sum = ((four << 48) >> 48) + ((four << 32) >> 48) + ((four << 16) >> 48) + (four >> 48);
            Vector256.ConvertToSingle(Vector256.Narrow(sum.GetLower(), sum.GetUpper())).CopyTo(sums[i..]);
        }

        (values[0], values[1]) = (values[2], values[3]);
        for (var i = 0; i < Short; i += Vector256<float>.Count)
        {
            // What is read is not written yet: it lies two ahead.
            (Vector256.Create<float>(sums[i..]) - Vector256.Create<float>(values[i..])).CopyTo(values[i..]);
        }

        values[Short..].Clear();
    }
}
