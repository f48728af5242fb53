using Voice.Core.Audio;

namespace Voice.Core.Tests.Audio;

public sealed class StreamingResamplerTests
{
    private static readonly int[] Rates = [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000];

    public static TheoryData<int, int> Pairs()
    {
        var pairs = new TheoryData<int, int>();
        foreach (var from in Rates)
        {
            foreach (var to in Rates)
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_tone_of_speech_keeps_its_level_and_lies_where_it_lay(int from, int to)
    {
        var input = Tone(1_000, from, from);

        var output = StreamingResampler.Resample(input, from, to);

        Assert.Equal(to, output.Length);
        var error = new short[to - (to / 5)];
        var ideal = Tone(1_000, to, to);
        for (var i = 0; i < error.Length; i++)
        {
            error[i] = (short)(output[i + (to / 10)] - ideal[i + (to / 10)]);
        }

        var distortion = Pcm16.LevelDbfs(error) - Pcm16.LevelDbfs(ideal);
        Assert.True(distortion < -70, $"{from} to {to} Hz: error {distortion:f1} dB of the tone");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_the_lower_rate_cannot_hold_does_not_fold_back(int from, int to)
    {
        for (var frequency = (to / 2) + 1; frequency < from / 2; frequency += Math.Max(97, from / 60))
        {
            var input = Tone(frequency, from, from);
            var output = StreamingResampler.Resample(input, from, to).AsSpan(to / 10, to - (to / 5));
            var alias = Pcm16.LevelDbfs(output) - Pcm16.LevelDbfs(input);
            Assert.True(alias < -75, $"{from} to {to} Hz: {frequency} Hz comes back at {alias:f1} dB");
        }
    }

    [Theory]
    [InlineData(8_000, 16_000)]
    [InlineData(24_000, 16_000)]
    [InlineData(22_050, 16_000)]
    [InlineData(11_025, 48_000)]
    [InlineData(48_000, 8_000)]
    [InlineData(8_000, 48_000)]
    [InlineData(16_000, 24_000)]
    [InlineData(48_000, 16_000)]
    public void Blocks_of_any_size_give_the_same_samples_as_the_whole(int from, int to)
    {
        var random = new Random(7);
        var input = Tone(440, from, from);
        var whole = new StreamingResampler(from, to);
        var expected = new short[whole.MaxOutput(input.Length)];
        var length = whole.Process(input, expected);

        var parts = new StreamingResampler(from, to);
        var actual = new List<short>();
        for (var at = 0; at < input.Length;)
        {
            var take = Math.Min(input.Length - at, random.Next(4) == 0 ? random.Next(1, 3_000) : random.Next(1, 8));
            var block = new short[parts.MaxOutput(take)];
            var written = parts.Process(input.AsSpan(at, take), block);
            actual.AddRange(block.AsSpan(0, written));
            at += take;
        }

        Assert.Equal(expected.AsSpan(0, length).ToArray(), actual.ToArray());
    }

    [Theory]
    [InlineData(24_000)]
    [InlineData(8_000)]
    [InlineData(48_000)]
    public void A_prompt_one_gives_as_much_sound_as_it_was_given(int from)
    {
        var resampler = new StreamingResampler(from, 16_000, prompt: true);
        var input = new short[from / 50];
        var output = new short[resampler.MaxOutput(input.Length)];
        for (var block = 1; block <= 50; block++)
        {
            Array.Fill(input, (short)1_000);
            Assert.Equal(320, resampler.Process(input, output));
        }

        // And what it gives is what was put in, half a filter later.
        Assert.All(output[..320], sample => Assert.InRange(sample, 990, 1_010));
    }

    [Fact]
    public void A_block_costs_no_allocation()
    {
        var resampler = new StreamingResampler(24_000, 16_000);
        var input = Tone(440, 24_000, 480);
        var output = new short[resampler.MaxOutput(input.Length)];
        resampler.Process(input, output);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            resampler.Process(input, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_loudest_signal_there_is_is_clipped_and_not_turned_over(int from, int to)
    {
        if (from == to)
        {
            return;
        }

        // Full scale with the signs of a row is what gives most. Some pairs have hundreds of rows, each like its neighbours.
        var kernel = ResamplerKernel.For(from, to);
        for (var phase = 0; phase < kernel.Up; phase += Math.Max(1, kernel.Up / 10))
        {
            var row = kernel.Rows.AsSpan(kernel.First + (phase * kernel.Stride), kernel.Width);
            var output = Enumerable.Range(0, int.MaxValue).First(n => (long)n * kernel.Down % kernel.Up == phase && n * kernel.Down / kernel.Up >= kernel.Width);
            // A new one has half a filter of silence before the first sample.
            var first = (output * kernel.Down / kernel.Up) - (kernel.Width / 2) + 1;
            var input = new short[first + (2 * kernel.Width)];
            for (var tap = 0; tap < kernel.Width; tap++)
            {
                input[first + tap] = row[tap] < 0 ? short.MinValue : short.MaxValue;
            }

            var resampler = new StreamingResampler(from, to);
            var samples = new short[resampler.MaxOutput(input.Length)];
            resampler.Process(input, samples);

            Assert.Equal(short.MaxValue, samples[output]);
        }
    }

    [Fact]
    public void A_rate_that_would_need_a_monstrous_filter_is_refused()
    {
        Assert.False(StreamingResampler.Supports(44_099, 16_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamingResampler(44_099, 16_000));
    }

    private static short[] Tone(double frequency, int rate, int length)
    {
        var samples = new short[length];
        for (var i = 0; i < length; i++)
        {
            samples[i] = (short)Math.Round(20_000 * Math.Sin(2 * Math.PI * frequency * i / rate));
        }

        return samples;
    }
}
