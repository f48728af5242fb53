using System.Collections.Concurrent;

namespace Voice.Core.Audio;

/// <summary>
/// The low-pass of one pair of rates, cut into phases: a Kaiser-windowed sinc whose stop band begins at the lower rate's Nyquist
/// frequency, so that nothing folds back. Made once per pair and shared.
/// </summary>
internal sealed class ResamplerKernel
{
    /// <summary>Zero crossings of the sinc on each side, at the lower rate: 1.5 ms of delay at 16 kHz.</summary>
    private const int HalfWidth = 24;

    /// <summary>Kaiser window for about 85 dB of stop-band attenuation.</summary>
    private const double Beta = 8.6;

    /// <summary>Centre of the transition band, of the lower Nyquist frequency; half the transition is what the window needs to reach the stop band.</summary>
    private const double Cutoff = 0.885;

    /// <summary>11.025 to 48 kHz needs 640 phases; beyond that the tables grow to megabytes for rates nobody uses.</summary>
    public const int MaxPhases = 640;

    public const int MaxDecimation = 64;

    // Bounded by the rate pairs that pass Supports: a client chooses among a few formats, files among the usual rates.
    private static readonly ConcurrentDictionary<(int Up, int Down), ResamplerKernel> Cache = new();

    private ResamplerKernel(int up, int down)
    {
        Up = up;
        Down = down;
        var stretch = Math.Max(1.0, (double)down / up);
        // A whole number of vectors per phase.
        Taps = ((int)Math.Ceiling(2 * HalfWidth * stretch) + 15) / 16 * 16;
        Phases = new float[up * Taps];
        var half = HalfWidth * stretch;
        for (var phase = 0; phase < up; phase++)
        {
            var row = Phases.AsSpan(phase * Taps, Taps);
            var sum = 0.0;
            for (var tap = 0; tap < Taps; tap++)
            {
                // Distance, in input samples, of this tap from the output instant.
                var x = tap - (Taps / 2) + 1 - ((double)phase / up);
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
    }

    public int Up { get; }

    public int Down { get; }

    public int Taps { get; }

    public float[] Phases { get; }

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
