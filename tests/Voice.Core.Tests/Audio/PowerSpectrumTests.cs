using Voice.Core.Audio;

namespace Voice.Core.Tests.Audio;

public sealed class PowerSpectrumTests
{
    [Fact]
    public void The_spectrum_is_that_of_the_plain_sum()
    {
        var random = new Random(4);
        var samples = new short[PowerSpectrum.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)random.Next(-20_000, 20_000);
        }

        var power = new float[PowerSpectrum.Bins];
        PowerSpectrum.Of(samples, power, new float[PowerSpectrum.Work]);

        for (var bin = 0; bin < power.Length; bin++)
        {
            double re = 0, im = 0;
            for (var n = 0; n < samples.Length; n++)
            {
                var value = samples[n] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * (n + 0.5) / samples.Length)));
                re += value * Math.Cos(2 * Math.PI * bin * n / samples.Length);
                im -= value * Math.Sin(2 * Math.PI * bin * n / samples.Length);
            }

            var expected = ((re * re) + (im * im)) / samples.Length / samples.Length;
            Assert.InRange(power[bin], (0.999 * expected) - 1, (1.001 * expected) + 1);
        }
    }
}
