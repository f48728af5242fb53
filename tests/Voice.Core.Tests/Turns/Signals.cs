using Voice.Core.Turns;

namespace Voice.Core.Tests.Turns;

/// <summary>Sounds made of numbers, at the detector's rate.</summary>
internal static class Signals
{
    private const int Rate = VoiceActivityDetector.SampleRate;

    public static short[] Silence(double seconds) => new short[(int)(seconds * Rate)];

    public static short[] Noise(double seconds, double dbfs, int seed = 3)
    {
        var random = new Random(seed);
        var scale = 32_768 * Math.Pow(10, dbfs / 20) * Math.Sqrt(3);
        return Make(seconds, _ => scale * ((2 * random.NextDouble()) - 1));
    }

    public static short[] Tone(double seconds, double hertz, double dbfs) =>
        Make(seconds, t => 32_768 * Math.Pow(10, dbfs / 20) * Math.Sqrt(2) * Math.Sin(2 * Math.PI * hertz * t));

    /// <summary>A buzz with formant-like colour whose loudness goes up and down four times a second, as syllables do.</summary>
    public static short[] Speech(double seconds, double dbfs) =>
        Make(seconds, t =>
        {
            var syllable = Math.Pow(Math.Sin(Math.PI * 4 * t), 2);
            var pitch = 120 + (20 * Math.Sin(2 * Math.PI * 0.7 * t));
            double sum = 0;
            for (var harmonic = 1; harmonic <= 25; harmonic++)
            {
                var frequency = harmonic * pitch;
                sum += Math.Sin(2 * Math.PI * frequency * t) / (1 + Math.Abs(frequency - 700) / 400) / 2;
            }

            return 32_768 * Math.Pow(10, dbfs / 20) * syllable * sum;
        });

    public static short[] Then(this short[] first, short[] next) => [.. first, .. next];

    public static short[] Plus(this short[] a, short[] b)
    {
        var sum = new short[Math.Max(a.Length, b.Length)];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = (short)Math.Clamp((i < a.Length ? a[i] : 0) + (i < b.Length ? b[i] : 0), short.MinValue, short.MaxValue);
        }

        return sum;
    }

    private static short[] Make(double seconds, Func<double, double> at)
    {
        var samples = new short[(int)(seconds * Rate)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)Math.Clamp(at((double)i / Rate), short.MinValue, short.MaxValue);
        }

        return samples;
    }
}
