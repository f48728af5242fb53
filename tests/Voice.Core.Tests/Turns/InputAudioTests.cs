using Voice.Core.Audio;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Turns;

public sealed class InputAudioTests
{
    [Fact]
    public void A_session_without_audio_holds_no_buffers()
    {
        var heard = new Heard();
        _ = new InputAudio(heard);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var input = new InputAudio(heard);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 1, 1_024);
        Assert.Equal(TimeSpan.Zero, input.Position);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(24_000)]
    public void Frames_cost_no_allocation_spoken_or_not(int rate)
    {
        var detection = new TurnDetection();
        var heard = new Heard();
        var input = new InputAudio(heard);
        var pcm = Pcm16.Bytes(StreamingResampler.Resample(Signals.Silence(1).Then(Signals.Speech(2, -20)), 16_000, rate)).ToArray();
        Send();
        Assert.True(input.Speaking);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Send();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Send()
        {
            for (var at = 0; at < pcm.Length; at += rate / 25)
            {
                input.Append(pcm.AsSpan(at, rate / 25), rate, detection);
            }
        }
    }

    /// <summary>The ring holds what the padding asks for; a longer one that is asked for later begins with what is there.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(300, 300)]
    [InlineData(2_000, 2_000)]
    public void An_utterance_begins_with_its_padding_sample_for_sample(int firstPadding, int padding)
    {
        var heard = new Heard();
        var input = new InputAudio(heard);
        var samples = Signals.Noise(3, -70).Then(Signals.Speech(1, -20));
        var pcm = Pcm16.Bytes(samples);
        var half = pcm[..32_000];

        input.Append(half, 16_000, new TurnDetection { PrefixPadding = TimeSpan.FromMilliseconds(firstPadding) });
        for (var rest = pcm[half.Length..]; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, 500)..])
        {
            input.Append(rest[..Math.Min(rest.Length, 500)], 16_000, new TurnDetection { PrefixPadding = TimeSpan.FromMilliseconds(padding) });
        }

        var start = Assert.Single(heard.Starts);
        Assert.InRange((start + TimeSpan.FromMilliseconds(padding)).TotalSeconds, 2.95, 3.15);
        Assert.Equal(samples.AsSpan((int)(start.TotalSeconds * 16_000), heard.Samples.Count).ToArray(), heard.Samples);
    }

    [Fact]
    public void Padding_that_grows_keeps_what_was_heard()
    {
        var heard = new Heard();
        var input = new InputAudio(heard);
        var samples = Signals.Noise(1.96, -70).Then(Signals.Speech(1, -20));

        input.Append(Pcm16.Bytes(samples.AsSpan(0, 30_000)), 16_000, new TurnDetection { PrefixPadding = TimeSpan.FromMilliseconds(100) });
        input.Append(Pcm16.Bytes(samples.AsSpan(30_000)), 16_000, new TurnDetection { PrefixPadding = TimeSpan.FromMilliseconds(1_000) });

        Assert.Equal(samples.AsSpan((int)(heard.Starts[0].TotalSeconds * 16_000), heard.Samples.Count).ToArray(), heard.Samples);
    }

    private sealed class Heard : IInputAudioHandler
    {
        public List<TimeSpan> Starts { get; } = [];

        public List<short> Samples { get; } = new(200_000);

        public void OnSpeechStarted(TimeSpan at) => Starts.Add(at);

        public void OnSpeechContinues()
        {
        }

        public void OnUtteranceAudio(ReadOnlySpan<byte> pcm)
        {
            foreach (var sample in Pcm16.Samples(pcm))
            {
                Samples.Add(sample);
            }
        }
    }
}
