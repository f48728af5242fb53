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

    /// <summary>Drums hide that the chords stand still, now and then.</summary>
    [Fact]
    public void Music_with_drums_is_mostly_not_speech() =>
        Assert.InRange(Share(Signals.Chords(8, 1, -30).Plus(Signals.Keystrokes(8, 4)).Plus(Signals.Tone(8, 65, -28))), 0, 0.2);

    public static TheoryData<string> Sounds => ["hum 50", "hum 60", "white", "pink", "keys 5", "keys 14", "chords", "chords slow", "dialling", "dialling in noise"];

    [Theory]
    [MemberData(nameof(Sounds))]
    public void Sounds_that_are_no_voice_start_no_turn(string name)
    {
        var quiet = Signals.Noise(8, -65);
        var sound = name switch
        {
            "hum 50" => Signals.Tone(6, 50, -20).Plus(Signals.Tone(6, 150, -26)).Plus(Signals.Tone(6, 250, -34)),
            "hum 60" => Signals.Tone(6, 60, -20).Plus(Signals.Tone(6, 120, -24)).Plus(Signals.Tone(6, 300, -34)),
            "white" => Signals.Noise(6, -30),
            "pink" => Signals.PinkNoise(6, -30),
            "keys 5" => Signals.Keystrokes(6, 5),
            "keys 14" => Signals.Keystrokes(6, 14),
            "chords" => Signals.Chords(6, 0.5, -24),
            "chords slow" => Signals.Chords(6, 1, -24),
            "dialling" => Signals.Dialling(6, -18),
            _ => Signals.Dialling(6, -18).Plus(Signals.Noise(6, -50)),
        };

        var segments = Segments(quiet.Plus(Signals.Silence(1).Then(sound)));
        output.WriteLine(string.Join(", ", segments.Select(s => $"{s.Start:f2}-{s.End:f2}")));
        Assert.Empty(segments);
    }

    [Theory]
    [InlineData(-50)]
    [InlineData(-40)]
    [InlineData(-20)]
    [InlineData(-10)]
    [InlineData(-3)]
    public void A_voice_is_found_whatever_its_level(double dbfs)
    {
        var segment = Assert.Single(Segments(Signals.Noise(4, -75).Plus(Signals.Silence(1).Then(Signals.Speech(2, dbfs)))));

        Assert.InRange(segment.Start, 0.9, 1.15);
        Assert.InRange(segment.End, 2.85, 3.15);
    }

    [Fact]
    public void A_clipped_voice_is_a_voice()
    {
        var loud = Signals.Speech(2, -10).Select(sample => (short)Math.Clamp(sample * 8, -20_000, 20_000)).ToArray();

        var segment = Assert.Single(Segments(Signals.Noise(4, -65).Plus(Signals.Silence(1).Then(loud))));

        Assert.InRange(segment.Start, 0.9, 1.15);
        Assert.InRange(segment.End, 2.85, 3.15);
    }

    /// <summary>Against the level of the voice where it is loudest.</summary>
    [Theory]
    [InlineData("white", -35)]
    [InlineData("pink", -35)]
    [InlineData("hum", -26)]
    [InlineData("keys", 0)]
    public void A_voice_is_found_among_other_sounds(string name, double dbfs)
    {
        var noise = name switch
        {
            "white" => Signals.Noise(7, dbfs),
            "pink" => Signals.PinkNoise(7, dbfs),
            "hum" => Signals.Tone(7, 50, dbfs).Plus(Signals.Tone(7, 150, dbfs - 8)),
            _ => Signals.Keystrokes(7, 6),
        };

        var segment = Assert.Single(Segments(noise.Plus(Signals.Silence(4).Then(Signals.Speech(2, -20)))), s => s.End > 2);

        Assert.InRange(segment.Start, 3.7, 4.3);
        Assert.InRange(segment.End, 5.7, 6.3);
    }

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
            var segments = Segments(Recorded(file));
            for (var frame = (int)(from * 50); frame < (int)(to * 50); frame++)
            {
                var truth = speech.Any(s => frame / 50.0 >= s.Start && frame / 50.0 < s.End);
                var found = segments.Any(s => frame / 50.0 >= s.Start && frame / 50.0 < s.End);
                _ = (truth, found) switch { (true, true) => hit++, (true, false) => missed++, (false, true) => extra++, _ => 0 };
            }
        }

        var f1 = 2 * hit / ((2 * hit) + missed + extra);
        output.WriteLine($"frame F1 {f1:f3}: hit {hit}, missed {missed}, extra {extra}");
        Assert.True(f1 > 0.95, $"F1 {f1:f3}");
    }

    [TestDataFact("audio_vad/sb_noise3.wav")]
    public void Labelled_noise_is_mostly_not_speech()
    {
        (string File, double Share)[] most =
        [
            ("sb_noise3.wav", 0.12), ("dograh_office-ambience-8000_0-20s.wav", 0.12), ("esc10_dog_1-100032-A-0.wav", 0.1),
            ("dtmf-1.wav", 0), ("dtmf-2.wav", 0), ("dtmf-5.wav", 0), ("dtmf-8.wav", 0), ("dtmf-9.wav", 0), ("dtmf-star.wav", 0),
        ];
        foreach (var (file, share) in most)
        {
            var speech = Share(Recorded(file));
            output.WriteLine($"{file}: {speech:p0} taken for speech");
            Assert.True(speech <= share, $"{file}: {speech:p0}");
        }
    }

    [TestDataFact("audio_vad/dograh_vad.16k.wav")]
    public void Labelled_pauses_split_speech()
    {
        foreach (var file in (string[])["dograh_vad.16k.wav", "dograh_yes.16k.wav"])
        {
            var segments = Segments(Recorded(file));
            output.WriteLine($"{file}: {string.Join(", ", segments.Select(s => $"{s.Start:f2}-{s.End:f2}"))}");
            Assert.InRange(segments.Count, 1, 6);
        }
    }

    private static short[] Recorded(string file) => WavReader.Read(File.ReadAllBytes(TestData.Path($"audio_vad/{file}")!)).Resample(16_000).Samples;

    private static double Share(short[] samples) => Segments(samples).Sum(s => s.End - s.Start) / (samples.Length / 16_000.0);

    /// <summary>As the engine sees it, with a pause of 400 ms between segments.</summary>
    private static List<(double Start, double End)> Segments(short[] samples, float threshold = 0.5f)
    {
        var detector = new VoiceActivityDetector { Threshold = threshold };
        var tracker = new SpeechTracker();
        var segments = new List<(double, double)>();
        for (var at = 0; at + VoiceActivityDetector.FrameLength <= samples.Length; at += VoiceActivityDetector.FrameLength)
        {
            tracker.Process(detector.Process(samples.AsSpan(at, VoiceActivityDetector.FrameLength)), detector.Sounding);
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
