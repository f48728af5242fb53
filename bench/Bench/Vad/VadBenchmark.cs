using Voice.Bench.Running;
using Voice.Core.Turns;

namespace Voice.Bench.Vad;

/// <summary>Speech as the engine finds it, against labelled recordings.</summary>
internal sealed class VadBenchmark : IBenchmark
{
    /// <summary>The pause that parts two stretches of speech: the default of server_vad.</summary>
    private const int Pause = 20;
    private const double FramesPerSecond = 50;

    public string Name => "vad";

    public string Description => "voice activity against labelled recordings";

    public IReadOnlyList<string> Figures { get; } = ["f1", "onset_ms", "offset_ms", "noise_share"];

    public IReadOnlyList<string> Builds { get; } = [];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var folder = context.DataFolder ?? throw new BenchmarkException("vad needs a folder of labelled recordings (--data DIR).");
        var sounds = LabelledSound.Read(folder);
        double hit = 0, missed = 0, extra = 0, noise = 0, taken = 0;
        List<double> onsets = [], offsets = [];
        foreach (var sound in sounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = Segments(sound.Samples);
            var wrong = extra;
            var frames = (int)(sound.Labelled * FramesPerSecond);
            for (var frame = 0; frame < frames; frame++)
            {
                var at = frame / FramesPerSecond;
                var (truth, heard) = (sound.Speech.Any(s => at >= s.From && at < s.To), found.Any(s => at >= s.From && at < s.To));
                _ = (truth, heard) switch { (true, true) => hit++, (true, false) => missed++, (false, true) => extra++, _ => 0 };
            }

            if (sound.Speech.Count == 0)
            {
                (noise, taken) = (noise + frames, taken + extra - wrong);
            }

            foreach (var (from, to) in sound.Speech)
            {
                var met = found.Where(s => s.From < to && s.To > from).ToList();
                if (met.Count > 0)
                {
                    onsets.Add(met.Min(s => Math.Abs(s.From - from)) * 1_000);
                    offsets.Add(met.Min(s => Math.Abs(s.To - to)) * 1_000);
                }
            }

            await context.Progress.WriteLineAsync($"{sound.Name}: {string.Join(", ", found.Select(s => $"{s.From:f2}-{s.To:f2}"))}");
        }

        if (onsets.Count == 0)
        {
            throw new BenchmarkException($"{folder} has no recording whose label says when somebody speaks, or none of it was found.");
        }

        return new Dictionary<string, double>
        {
            ["f1"] = 2 * hit / ((2 * hit) + missed + extra),
            ["onset_ms"] = Percentiles.Of(onsets, 50),
            ["offset_ms"] = Percentiles.Of(offsets, 50),
            ["noise_share"] = noise == 0 ? 0 : taken / noise,
        };
    }

    private static List<(double From, double To)> Segments(short[] samples)
    {
        var detector = new VoiceActivityDetector();
        var tracker = new SpeechTracker();
        var segments = new List<(double, double)>();
        for (var at = 0; at + VoiceActivityDetector.FrameLength <= samples.Length; at += VoiceActivityDetector.FrameLength)
        {
            tracker.Process(detector.Process(samples.AsSpan(at, VoiceActivityDetector.FrameLength)), detector.Sounding);
            if (tracker.SilentFrames >= Pause)
            {
                segments.Add((tracker.Started / FramesPerSecond, tracker.VoiceEnd / FramesPerSecond));
                tracker.End();
            }
        }

        if (tracker.Speaking)
        {
            segments.Add((tracker.Started / FramesPerSecond, tracker.VoiceEnd / FramesPerSecond));
        }

        return segments;
    }
}
