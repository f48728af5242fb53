using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Voice.Core.Audio;

/// <summary>
/// The low-pass of one pair of rates, cut into phases: a Kaiser-windowed sinc whose stop band begins at the lower rate's Nyquist
/// frequency, so that nothing folds back. Made once per pair and shared. Whole numbers of 16 bits, as the samples are: twice as many fit
/// into a vector as floats, and sums do not hang on their order. Two outputs are made from one stretch of input: each has its row of
/// coefficients, shifted to where it begins, so that the input is loaded once for both.
/// </summary>
internal sealed class ResamplerKernel
{
    /// <summary>Zero crossings of the sinc on each side, at the lower rate: 1.25 ms of delay at 16 kHz.</summary>
    private const int HalfWidth = 20;

    /// <summary>Kaiser window for about 78 dB of stop-band attenuation.</summary>
    private const double Beta = 7.64;

    /// <summary>Centre of the transition band, of the lower Nyquist frequency; half the transition is what the window needs to reach the stop band.</summary>
    private const double Cutoff = 0.878;

    /// <summary>11.025 to 48 kHz needs 640 phases; beyond that the tables grow to megabytes for rates nobody uses.</summary>
    public const int MaxPhases = 640;

    /// <summary>Binary places of a coefficient. The absolute values of a row come to 2.1 at most: half of an output's sum fits into 32 bits, whatever the signal.</summary>
    public const int Places = 15;

    /// <summary>Further places, which a second row has: what rounding leaves grows with the length of the filter, and long ones would be 70 dB noisy.</summary>
    public const int FinePlaces = 7;

    /// <summary>Input samples of one output up to which 15 places do: 24 to 16 kHz.</summary>
    private const int CoarseWidth = 60;

    private const int Lanes = 32;
    private const int Alignment = Lanes * sizeof(short);

    public const int MaxDecimation = 64;

    // Bounded by the rate pairs that pass Supports: a client chooses among a few formats, files among the usual rates.
    private static readonly ConcurrentDictionary<(int Up, int Down), ResamplerKernel> Cache = new();

    private ResamplerKernel(int up, int down)
    {
        Up = up;
        Down = down;
        var stretch = Math.Max(1.0, (double)down / up);
        Width = (int)Math.Ceiling(HalfWidth * stretch) * 2;
        Fine = Width > CoarseWidth;
        // A whole number of vectors per row.
        Taps = (Width + ((up - 1 + down) / up) + Lanes - 1) / Lanes * Lanes;
        Stride = Taps * (Fine ? 4 : 2);
        // Pinned, so that rows stay where vectors are loaded in one piece.
        Rows = GC.AllocateArray<short>((up * Stride) + Lanes, pinned: true);
        First = (int)((Alignment - (Marshal.UnsafeAddrOfPinnedArrayElement(Rows, 0) % Alignment)) % Alignment) / sizeof(short);
        Steps = new Step[up];
        Span<double> values = stackalloc double[Width];
        for (var phase = 0; phase < up; phase++)
        {
            var (one, two, three, four) = (Math.DivRem(phase + down, up), Math.DivRem(phase + (2 * down), up), Math.DivRem(phase + (3 * down), up), Math.DivRem(phase + (4 * down), up));
            Steps[phase] = new Step(phase * Stride, one.Quotient, one.Remainder, two.Quotient, two.Remainder * Stride, three.Quotient + Width, four.Quotient, four.Remainder);
            for (var output = 0; output < 2; output++)
            {
                var (offset, fraction) = output == 0 ? (0, phase) : one;
                Shape(values, (double)fraction / up, HalfWidth * stretch, stretch);
                Round(values, Rows.AsSpan(First + (phase * Stride) + (output * Taps) + offset));
            }
        }
    }

    public int Up { get; }

    public int Down { get; }

    /// <summary>Input samples that one output is made of.</summary>
    public int Width { get; }

    /// <summary>Input samples that two outputs look at; multiplied by zero where one of them does not need them.</summary>
    public int Taps { get; }

    /// <summary>There are rows of further places, two rows after those that they belong to.</summary>
    public bool Fine { get; }

    /// <summary>Two vectors per row, and the same rows for every two outputs: of 24 to 16 kHz and 8 to 16.</summary>
    public bool Simple => !Fine && Taps == 2 * Lanes && Up <= 2;

    /// <summary>By the phase of the first of two outputs, then by output; from <see cref="First"/>.</summary>
    public short[] Rows { get; }

    public int First { get; }

    /// <summary>Of all rows of a phase.</summary>
    public int Stride { get; }

    /// <summary>By the phase of an output: how it goes on from there.</summary>
    public Step[] Steps { get; }

    public static bool Supports(int from, int to)
    {
        if (from <= 0 || to <= 0)
        {
            return false;
        }

        var divisor = Gcd(from, to);
        return to / divisor <= MaxPhases && from <= (long)to * MaxDecimation;
    }

    public static ResamplerKernel For(int from, int to)
    {
        if (!Supports(from, to))
        {
            throw new ArgumentOutOfRangeException(nameof(from), $"Resampling from {from} to {to} Hz is not supported.");
        }

        var divisor = Gcd(from, to);
        return Cache.GetOrAdd((to / divisor, from / divisor), pair => new ResamplerKernel(pair.Up, pair.Down));
    }

    /// <param name="fraction">Where between two input samples the output lies.</param>
    private static void Shape(Span<double> row, double fraction, double half, double stretch)
    {
        var sum = 0.0;
        for (var tap = 0; tap < row.Length; tap++)
        {
            // Distance, in input samples, of this tap from the output instant.
            var x = tap - (row.Length / 2) + 1 - fraction;
            row[tap] = Math.Abs(x) >= half ? 0 : Sinc(x * Cutoff / stretch) * Kaiser(x / half);
            sum += row[tap];
        }

        // Each phase passes DC with gain 1, else the phases would hum.
        foreach (ref var value in row)
        {
            value /= sum;
        }
    }

    private void Round(ReadOnlySpan<double> values, Span<short> row)
    {
        var places = Fine ? Places + FinePlaces : Places;
        var (whole, left, sum) = (new int[values.Length], new double[values.Length], 0);
        for (var tap = 0; tap < whole.Length; tap++)
        {
            var value = values[tap] * (1 << places);
            whole[tap] = (int)Math.Round(value);
            left[tap] = value - whole[tap];
            sum += whole[tap];
        }

        // Again gain 1: those are rounded the other way that were in most doubt, since all of it on one would be as bad as a click.
        var more = Math.Sign((1 << places) - sum);
        foreach (var tap in Enumerable.Range(0, whole.Length).OrderByDescending(tap => more * left[tap]).Take(Math.Abs((1 << places) - sum)))
        {
            whole[tap] += more;
        }

        for (var tap = 0; tap < whole.Length; tap++)
        {
            var coarse = Fine ? (whole[tap] + (1 << (FinePlaces - 1))) >> FinePlaces : whole[tap];
            row[tap] = (short)coarse;
            if (Fine)
            {
                row[(2 * Taps) + tap] = (short)(whole[tap] - (coarse << FinePlaces));
            }
        }
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => BesselI0(Beta * Math.Sqrt(Math.Max(0, 1 - (x * x)))) / BesselI0(Beta);

    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / 2 / k * (x / 2 / k);
            sum += term;
        }

        return sum;
    }

    /// <summary>From an output on.</summary>
    /// <param name="Row">Where its rows begin.</param>
    /// <param name="One">Input samples to the next, and <paramref name="OnePhase"/> its phase.</param>
    /// <param name="Two">Input samples to the third, and <paramref name="TwoRow"/> where its rows begin.</param>
    /// <param name="Reach">Input samples that four outputs need.</param>
    /// <param name="Four">Input samples to the fifth, and <paramref name="FourPhase"/> its phase.</param>
    public readonly record struct Step(int Row, int One, int OnePhase, int Two, int TwoRow, int Reach, int Four, int FourPhase);
}
