using Voice.Bench.Running;
using Voice.Bench.Wer;
using Voice.Core.Turns;

namespace Voice.Bench.TurnEnd;

/// <summary>Does a turn end in the middle of a sentence, and how soon does it end after it?</summary>
internal sealed class TurnEndBenchmark : IBenchmark
{
    private static readonly TurnDetection Semantic = new() { Eagerness = TurnEagerness.Auto };

    public string Name => "turn-end";

    public string Description => "turns cut off in a pause, and how late turns end, beside a fixed silence";

    public IReadOnlyList<string> Figures { get; } =
        ["false_cutoff_rate", "delay_p50_ms", "baseline_false_cutoff_rate", "baseline_delay_p50_ms", "delay_p95_ms", "baseline_delay_p95_ms"];

    public IReadOnlyList<string> Builds { get; } = [];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var folder = context.DataFolder ?? throw new BenchmarkException("turn-end needs a folder of recorded speech (--data DIR).");
        var clips = LabelledClip.Read(folder, ["exact", "canonical", "script"]).SelectMany(PauseClip.Of).ToList();
        if (clips.Count == 0)
        {
            throw new BenchmarkException($"{folder} has no English recording of six or more known words.");
        }

        var engine = Measure(clips, Semantic);
        await context.Progress.WriteLineAsync($"{clips.Count} clips; cut off: {string.Join(", ", engine.Cut)}");
        // A fixed silence that ends turns as soon as the engine does, in whole frames: the smallest whose median delay is not less.
        var silence = TimeSpan.FromMilliseconds(100);
        var fixedSilence = Measure(clips, Fixed(silence));
        while (fixedSilence.Delay(50) < engine.Delay(50) && silence < TimeSpan.FromSeconds(2))
        {
            cancellationToken.ThrowIfCancellationRequested();
            silence += VoiceActivityDetector.FrameDuration;
            fixedSilence = Measure(clips, Fixed(silence));
        }

        await context.Progress.WriteLineAsync($"the fixed silence is {silence.TotalMilliseconds:f0} ms");
        return new Dictionary<string, double>
        {
            ["false_cutoff_rate"] = (double)engine.Cut.Count / clips.Count,
            ["delay_p50_ms"] = engine.Delay(50),
            ["baseline_false_cutoff_rate"] = (double)fixedSilence.Cut.Count / clips.Count,
            ["baseline_delay_p50_ms"] = fixedSilence.Delay(50),
            ["delay_p95_ms"] = engine.Delay(95),
            ["baseline_delay_p95_ms"] = fixedSilence.Delay(95),
        };
    }

    private static TurnDetection Fixed(TimeSpan silence) => new() { SilenceDuration = silence, UnfinishedExtension = TimeSpan.Zero };

    private static Result Measure(List<PauseClip> clips, TurnDetection detection)
    {
        var result = new Result([], []);
        foreach (var clip in clips)
        {
            var (detector, contour, tracker, endpointing) = (new VoiceActivityDetector(), new VoiceContour(), new SpeechTracker(), new Endpointing());
            var (cut, partial, words) = (false, -1, 0);
            double? delay = null;
            for (var at = 0; at + VoiceActivityDetector.FrameLength <= clip.Samples.Length; at += VoiceActivityDetector.FrameLength)
            {
                var voiced = detector.Process(clip.Samples.AsSpan(at, VoiceActivityDetector.FrameLength));
                if (voiced)
                {
                    contour.Add(detector.Features, detector.Level);
                }

                tracker.Process(voiced, detector.Sounding);
                var now = at + VoiceActivityDetector.FrameLength;
                var before = partial;
                while (partial + 1 < clip.Partials.Count && clip.Partials[partial + 1].From <= now)
                {
                    partial++;
                }

                if (!tracker.Speaking)
                {
                    continue;
                }

                // After a cut the recogniser begins anew: its words are those of the new turn.
                var heard = partial < 0 ? string.Empty : string.Join(' ', clip.Partials[partial].Words.Split(' ').Skip(words));
                var silence = tracker.SilentFrames * VoiceActivityDetector.FrameDuration;
                if (partial != before)
                {
                    endpointing.WordsArrived(silence);
                }

                var since = partial < 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds((double)(now - clip.Partials[partial].From) / VoiceActivityDetector.SampleRate);
                if (endpointing.IsOver(silence, new Heard(heard, "en", since), detection, contour.Ending))
                {
                    cut |= now <= clip.PauseEnd;
                    delay = tracker.SilentFrames * VoiceActivityDetector.FrameDuration.TotalMilliseconds;
                    words = partial + 1;
                    tracker.End();
                    contour.Clear();
                    endpointing.TurnEnded();
                }
            }

            if (cut)
            {
                result.Cut.Add(clip.Name);
            }

            result.Delays.Add(delay ?? throw new BenchmarkException($"{clip.Name}: the turn did not end."));
        }

        return result;
    }

    private sealed record Result(List<string> Cut, List<double> Delays)
    {
        public double Delay(double percent) => Percentiles.Of(Delays, percent);
    }
}
