using Voice.Core.Audio;

namespace Voice.Core.Tests.Audio;

public sealed class G711Tests
{
    private static readonly byte[] Codes = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];
    private static readonly short[] Samples = [.. Enumerable.Range(short.MinValue, 65_536).Select(sample => (short)sample)];

    [Fact]
    public void Every_code_comes_back_from_its_own_sample()
    {
        var samples = new short[256];
        var again = new byte[256];

        G711.DecodeMuLaw(Codes, samples);
        G711.EncodeMuLaw(samples, again);
        // Two codes of mu-law stand for zero.
        Assert.Equal(Codes.Select(code => code == 0x7F ? (byte)0xFF : code), again);

        G711.DecodeALaw(Codes, samples);
        G711.EncodeALaw(samples, again);
        Assert.Equal(Codes, again);
    }

    /// <summary>Decision values of G.711, tables 1a to 2b, in units of a 16-bit sample: the last sample of one code and the first of the next.</summary>
    [Theory]
    [InlineData(3, 0xFF)]
    [InlineData(4, 0xFE)]
    [InlineData(123, 0xF0)]
    [InlineData(124, 0xEF)]
    [InlineData(891, 0xD0)]
    [InlineData(892, 0xCF)]
    [InlineData(16_251, 0x90)]
    [InlineData(16_252, 0x8F)]
    [InlineData(31_611, 0x81)]
    [InlineData(31_612, 0x80)]
    [InlineData(32_767, 0x80)]
    [InlineData(-1, 0x7F)]
    [InlineData(-5, 0x7E)]
    [InlineData(-32_768, 0x00)]
    public void Mu_law_decides_where_the_recommendation_says(int sample, int code) => Assert.Equal((byte)code, G711.EncodeMuLaw((short)sample));

    [Theory]
    [InlineData(0, 0xD5)]
    [InlineData(15, 0xD5)]
    [InlineData(16, 0xD4)]
    [InlineData(511, 0xCA)]
    [InlineData(512, 0xF5)]
    [InlineData(1_023, 0xFA)]
    [InlineData(1_024, 0xE5)]
    [InlineData(31_743, 0xAB)]
    [InlineData(31_744, 0xAA)]
    [InlineData(32_767, 0xAA)]
    [InlineData(-1, 0x55)]
    [InlineData(-17, 0x54)]
    [InlineData(-32_768, 0x2A)]
    public void A_law_decides_where_the_recommendation_says(int sample, int code) => Assert.Equal((byte)code, G711.EncodeALaw((short)sample));

    [Fact]
    public void No_sample_moves_by_more_than_half_a_step()
    {
        var codes = new byte[Samples.Length];
        G711.EncodeMuLaw(Samples, codes);
        WithinHalfAStep(codes, G711.DecodeMuLaw, code => 8 << ((~code & 0x70) >> 4), 32_635);
        G711.EncodeALaw(Samples, codes);
        WithinHalfAStep(codes, G711.DecodeALaw, code => 8 << Math.Max(((code ^ 0x55) & 0x70) >> 4, 1), 32_767);
    }

    /// <summary>Whole vectors and what is left of one take different ways.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(160)]
    [InlineData(65_521)]
    public void A_span_is_as_its_samples(int length)
    {
        var samples = Samples.AsSpan(0, length);
        Span<byte> mu = new byte[length], a = new byte[length];

        G711.EncodeMuLaw(samples, mu);
        G711.EncodeALaw(samples, a);

        for (var i = 0; i < length; i++)
        {
            Assert.Equal(G711.EncodeMuLaw(samples[i]), mu[i]);
            Assert.Equal(G711.EncodeALaw(samples[i]), a[i]);
        }
    }

    /// <summary>G.712 asks for 33 dB of a whole channel from -30 to 0 dBm0.</summary>
    [Theory]
    [InlineData(-40)]
    [InlineData(-30)]
    [InlineData(-20)]
    [InlineData(-10)]
    [InlineData(-3.1)]
    public void A_sine_keeps_its_distance_from_the_noise(double dbfs)
    {
        var amplitude = 32_768 * Math.Pow(10, dbfs / 20);
        var sine = new short[8_000];
        for (var i = 0; i < sine.Length; i++)
        {
            sine[i] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * 1_004 * i / 8_000));
        }

        var codes = new byte[sine.Length];
        var again = new short[sine.Length];
        G711.EncodeMuLaw(sine, codes);
        G711.DecodeMuLaw(codes, again);
        Assert.True(SignalToNoise(sine, again) > 34, $"mu-law {SignalToNoise(sine, again):f1} dB");
        G711.EncodeALaw(sine, codes);
        G711.DecodeALaw(codes, again);
        Assert.True(SignalToNoise(sine, again) > 34, $"A-law {SignalToNoise(sine, again):f1} dB");
    }

    /// <summary>Half a step of the code's own segment, and one sample for the bits that are cut off first.</summary>
    private static void WithinHalfAStep(byte[] codes, Func<byte, short> decode, Func<byte, int> step, int loudest)
    {
        for (var i = 0; i < Samples.Length; i++)
        {
            if (Math.Abs((int)Samples[i]) <= loudest)
            {
                Assert.True(Math.Abs(decode(codes[i]) - Samples[i]) <= (step(codes[i]) / 2) + 1, $"{Samples[i]} became {decode(codes[i])}");
            }
        }
    }

    private static double SignalToNoise(short[] signal, short[] again)
    {
        double power = 0, noise = 0;
        for (var i = 0; i < signal.Length; i++)
        {
            power += (double)signal[i] * signal[i];
            noise += Math.Pow(signal[i] - again[i], 2);
        }

        return 10 * Math.Log10(power / noise);
    }
}
