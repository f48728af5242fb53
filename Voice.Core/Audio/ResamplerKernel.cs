using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Voice.Core.Audio;

/// <summary>
/// The low-pass of one pair of rates, cut into phases: a Kaiser-windowed sinc whose stop band begins at the lower rate's Nyquist
/// frequency, so that nothing folds back. Made once per pair and shared. A group of outputs is made from one stretch of input: each has its
/// row of coefficients, shifted to where it begins, so that the input is loaded once for all of them.
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

    private const int Lanes = 16;
    private const int Alignment = Lanes * sizeof(float);

    public const int MaxDecimation = 64;

    // Bounded by the rate pairs that pass Supports: a client chooses among a few formats, files among the usual rates.
    private static readonly ConcurrentDictionary<(int Up, int Down), ResamplerKernel> Cache = new();

    /// <summary>Rates that are simple fractions of each other, as all of telephony and the web are; for others the groups would be large tables.</summary>
    private const int MaxGroupedPhases = 6;

    private ResamplerKernel(int up, int down)
    {
        Up = up;
        Down = down;
        Group = up <= MaxGroupedPhases ? 4 : 1;
        var stretch = Math.Max(1.0, (double)down / up);
        Width = (int)Math.Ceiling(HalfWidth * stretch) * 2;
        // A whole number of vectors per row.
        Taps = (Width + ((up - 1 + ((Group - 1) * down)) / up) + Lanes - 1) / Lanes * Lanes;
        // Pinned, so that rows stay where vectors are loaded in one piece.
        Rows = GC.AllocateArray<float>((up * Group * Taps) + Lanes, pinned: true);
        First = (int)((Alignment - (Marshal.UnsafeAddrOfPinnedArrayElement(Rows, 0) % Alignment)) % Alignment) / sizeof(float);
        Ends = new int[up * Group];
        Steps = new (int, int)[up];
        for (var phase = 0; phase < up; phase++)
        {
            for (var output = 0; output < Group; output++)
            {
                var (offset, fraction) = Math.DivRem(phase + (output * down), up);
                Ends[(phase * Group) + output] = offset + Width;
                Fill(Rows.AsSpan(First + (((phase * Group) + output) * Taps) + offset, Width), (double)fraction / up, HalfWidth * stretch, stretch);
            }

            Steps[phase] = Math.DivRem(phase + (Group * down), up);
        }
    }

    public int Up { get; }

    public int Down { get; }

    /// <summary>Outputs that are made together.</summary>
    public int Group { get; }

    /// <summary>Input samples that one output is made of.</summary>
    public int Width { get; }

    /// <summary>Input samples that a group looks at; multiplied by zero where an output does not need them.</summary>
    public int Taps { get; }

    /// <summary>By the phase of a group's first output, then by output; from <see cref="First"/>.</summary>
    public float[] Rows { get; }

    public int First { get; }

    /// <summary>Likewise: where the input of an output ends, from the beginning of its group.</summary>
    public int[] Ends { get; }

    /// <summary>By the phase of a group: input samples to the next group, and its phase.</summary>
    public (int Whole, int Phase)[] Steps { get; }

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
    private static void Fill(Span<float> row, double fraction, double half, double stretch)
    {
        var sum = 0.0;
        for (var tap = 0; tap < row.Length; tap++)
        {
            // Distance, in input samples, of this tap from the output instant.
            var x = tap - (row.Length / 2) + 1 - fraction;
            var value = Math.Abs(x) >= half ? 0 : Sinc(x * Cutoff / stretch) * Kaiser(x / half);
            row[tap] = (float)value;
            sum += value;
        }

        // Each phase passes DC with gain 1, else the phases would hum.
        foreach (ref var value in row)
        {
            value = (float)(value / sum);
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
}
