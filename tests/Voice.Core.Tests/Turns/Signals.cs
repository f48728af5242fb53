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
    public static short[] Speech(double seconds, double dbfs) => Voice(seconds, dbfs, t => 120 + (20 * Math.Sin(2 * Math.PI * 0.7 * t)));

    /// <summary>The same, of a pitch that is given in Hz over time.</summary>
    public static short[] Voice(double seconds, double dbfs, Func<double, double> pitch)
    {
        var cycles = 0.0;
        return Make(seconds, t =>
        {
            var syllable = Math.Pow(Math.Sin(Math.PI * 4 * t), 2);
            cycles += pitch(t) / Rate;
            double sum = 0;
            for (var harmonic = 1; harmonic <= 25; harmonic++)
            {
                sum += Math.Sin(2 * Math.PI * harmonic * cycles) / (1 + Math.Abs((harmonic * pitch(t)) - 700) / 400) / 2;
            }

            return 32_768 * Math.Pow(10, dbfs / 20) * syllable * sum;
        });
    }

    /// <summary>Chords of three notes with six overtones, each struck and left to fade.</summary>
    public static short[] Chords(double seconds, double each, double dbfs)
    {
        double[][] chords = [[261.6, 329.6, 392.0], [220, 277.2, 329.6], [196, 246.9, 293.7], [174.6, 220, 261.6]];
        return Make(seconds, t =>
        {
            var (struck, since) = ((int)(t / each), t % each);
            var sum = 0.0;
            foreach (var note in chords[struck % chords.Length])
            {
                for (var overtone = 1; overtone <= 6; overtone++)
                {
                    sum += Math.Sin(2 * Math.PI * note * overtone * t) / overtone;
                }
            }

            return 32_768 * Math.Pow(10, dbfs / 20) * Math.Min(1, since / 0.01) * Math.Exp(-2 * since) * sum / 2;
        });
    }

    /// <summary>Key strokes: 6 ms of noise that dies away, so often a second.</summary>
    public static short[] Keystrokes(double seconds, double perSecond)
    {
        var random = new Random(9);
        return Make(seconds, t =>
        {
            var since = t % (1 / perSecond);
            return since < 0.006 ? 12_000 * Math.Exp(-700 * since) * ((2 * random.NextDouble()) - 1) : 0;
        });
    }

    /// <summary>A number being dialled: 100 ms of two tones, 100 ms of nothing.</summary>
    public static short[] Dialling(double seconds, double dbfs)
    {
        double[] rows = [697, 770, 852, 941], columns = [1_209, 1_336, 1_477, 1_633];
        return Make(seconds, t =>
        {
            var (key, since) = ((int)(t / 0.2), t % 0.2);
            return since > 0.1 ? 0 : 32_768 * Math.Pow(10, dbfs / 20) * (Math.Sin(2 * Math.PI * rows[key % 4] * t) + Math.Sin(2 * Math.PI * columns[key * 7 % 4] * t));
        });
    }

    /// <summary>Noise whose power falls by 3 dB per octave.</summary>
    public static short[] PinkNoise(double seconds, double dbfs)
    {
        var random = new Random(11);
        double slow = 0, middle = 0, quick = 0;
        return Make(seconds, _ =>
        {
            var white = (2 * random.NextDouble()) - 1;
            slow = (0.99765 * slow) + (white * 0.0990460);
            middle = (0.96300 * middle) + (white * 0.2965164);
            quick = (0.57000 * quick) + (white * 1.0526913);
            return 32_768 * Math.Pow(10, dbfs / 20) * (slow + middle + quick + (white * 0.1848)) * 0.9;
        });
    }

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
