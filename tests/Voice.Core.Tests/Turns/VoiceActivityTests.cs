using Voice.Core.Audio;
using Voice.Core.Turns;
using Xunit.Abstractions;

namespace Voice.Core.Tests.Turns;

public sealed class VoiceActivityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(-15)]
    [InlineData(-25)]
    [InlineData(-35)]
    public void Speech_is_found_at_any_usual_level(double dbfs)
    {
        var segments = Segments(Signals.Noise(5, -65).Plus(Signals.Silence(1).Then(Signals.Speech(2, dbfs))));

        var segment = Assert.Single(segments);
        Assert.InRange(segment.Start, 0.9, 1.15);
        Assert.InRange(segment.End, 2.85, 3.1);
    }

    [Theory]
    [InlineData(-50, -30)]
    [InlineData(-40, -20)]
    public void Speech_is_found_in_steady_noise_and_the_noise_is_not_speech(double noise, double speech)
    {
        var segments = Segments(Signals.Noise(8, noise).Plus(Signals.Silence(4).Then(Signals.Speech(2, speech))));

        var segment = Assert.Single(segments, s => s.End > 2);
        Assert.InRange(segment.Start, 3.8, 4.3);
        Assert.InRange(segment.End, 5.7, 6.2);
    }

    [Fact]
    public void A_fan_that_is_switched_on_is_speech_for_less_than_a_second()
    {
        var segments = Segments(Signals.Noise(2, -70).Then(Signals.Noise(6, -35)));

        Assert.True(segments.Sum(s => s.End - s.Start) < 1);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    [InlineData(100)]
    public void Mains_hum_is_not_speech(double hertz) =>
        Assert.True(Segments(Signals.Silence(1).Then(Signals.Tone(5, hertz, -25))).Sum(s => s.End - s.Start) < 0.7);

    [Fact]
    public void A_constant_offset_is_not_speech()
    {
        var offset = new short[48_000];
        Array.Fill(offset, (short)3_000, 8_000, 40_000);

        Assert.Empty(Segments(offset));
    }

    [Fact]
    public void Single_clicks_are_not_speech()
    {
        var clicks = Signals.Noise(4, -65);
        for (var at = 8_000; at < clicks.Length; at += 8_000)
        {
            Signals.Noise(0.015, -15).CopyTo(clicks, at);
        }

        Assert.Empty(Segments(clicks));
    }

    [Fact]
    public void A_higher_threshold_ignores_faint_speech()
    {
        var faint = Signals.Noise(4, -60).Plus(Signals.Silence(1).Then(Signals.Speech(2, -43)));

        Assert.NotEmpty(Segments(faint, 0.2f));
        Assert.Empty(Segments(faint, 1f));
    }

    [Fact]
    public void A_frame_costs_no_allocation()
    {
        var detector = new VoiceActivityDetector();
        var frame = Signals.Speech(0.02, -20);
        detector.Process(frame);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            detector.Process(frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestDataFact("audio_vad/sb_vad_train.wav")]
    public void Labelled_speech_is_found_where_it_is()
    {
        (string File, double From, double To, (double Start, double End)[] Speech)[] labels =
        [
            ("sb_vad_train.wav", 0, 4, [(0.52, 0.85), (1.32, 1.83), (2.35, 3.70)]),
            ("sb_vad_valid.wav", 0, 8, [(0.38, 2.70), (4.10, 5.88)]),
        ];
        double hit = 0, missed = 0, extra = 0;
        foreach (var (file, from, to, speech) in labels)
        {
            var voiced = Voiced(WavReader.Read(File.ReadAllBytes(TestData.Path($"audio_vad/{file}")!)).Resample(16_000).Samples, 0.5f);
            for (var frame = (int)(from * 50); frame < Math.Min(voiced.Length, (int)(to * 50)); frame++)
            {
                var truth = speech.Any(s => frame / 50.0 >= s.Start && frame / 50.0 < s.End);
                _ = (truth, voiced[frame]) switch { (true, true) => hit++, (true, false) => missed++, (false, true) => extra++, _ => 0 };
            }
        }

        var f1 = 2 * hit / ((2 * hit) + missed + extra);
        output.WriteLine($"frame F1 {f1:f3}: hit {hit}, missed {missed}, extra {extra}");
        Assert.True(f1 > 0.85, $"F1 {f1:f3}");
    }

    [TestDataFact("audio_vad/sb_noise3.wav")]
    public void Labelled_noise_is_mostly_not_speech()
    {
        foreach (var (file, share) in ((string, double)[])[("sb_noise3.wav", 0.15), ("dograh_office-ambience-8000_0-20s.wav", 0.25), ("dtmf-1.wav", 1.0), ("esc10_dog_1-100032-A-0.wav", 0.3)])
        {
            var samples = WavReader.Read(File.ReadAllBytes(TestData.Path($"audio_vad/{file}")!)).Resample(16_000).Samples;
            var speech = Segments(samples).Sum(s => s.End - s.Start) / (samples.Length / 16_000.0);
            output.WriteLine($"{file}: {speech:p0} taken for speech");
            Assert.True(speech <= share, $"{file}: {speech:p0}");
        }
    }

    [TestDataFact("audio_vad/dograh_vad.16k.wav")]
    public void Labelled_pauses_split_speech()
    {
        foreach (var file in (string[])["dograh_vad.16k.wav", "dograh_yes.16k.wav"])
        {
            var segments = Segments(WavReader.Read(File.ReadAllBytes(TestData.Path($"audio_vad/{file}")!)).Samples);
            output.WriteLine($"{file}: {string.Join(", ", segments.Select(s => $"{s.Start:f2}-{s.End:f2}"))}");
            Assert.InRange(segments.Count, 1, 6);
        }
    }

    private static bool[] Voiced(short[] samples, float threshold)
    {
        var detector = new VoiceActivityDetector { Threshold = threshold };
        var frames = new bool[samples.Length / VoiceActivityDetector.FrameLength];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = detector.Process(samples.AsSpan(i * VoiceActivityDetector.FrameLength, VoiceActivityDetector.FrameLength));
        }

        return frames;
    }

    /// <summary>As the engine sees it, with a pause of 400 ms between segments.</summary>
    private static List<(double Start, double End)> Segments(short[] samples, float threshold = 0.5f)
    {
        var tracker = new SpeechTracker();
        var segments = new List<(double, double)>();
        foreach (var voiced in Voiced(samples, threshold))
        {
            tracker.Process(voiced);
            if (tracker.Speaking && tracker.SilentFrames >= 20)
            {
                segments.Add((tracker.Started / 50.0, tracker.VoiceEnd / 50.0));
                tracker.End();
            }
        }

        if (tracker.Speaking)
        {
            segments.Add((tracker.Started / 50.0, tracker.VoiceEnd / 50.0));
        }

        return segments;
    }
}
