using Voice.Bench.Running;

namespace Voice.Bench.Frames;

/// <summary>What 20 ms of a user's audio cost the session that receives them.</summary>
internal sealed class FramesBenchmark : IBenchmark
{
    private const int Passes = 40;
    private const int Spoken = 1_000;

    /// <summary>The runtime compiles what is hot again, in the background and 100 ms after it was last busy with that: less than this measures code that no server runs for long.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public string Name => "frames";

    public string Description => "time and bytes per 20 ms of inbound audio, from the message to the transcriber's queue";

    public IReadOnlyList<string> Figures { get; } =
        ["ns_per_frame", "bytes_per_frame", "quiet_ns_per_frame", "json_ns", "resample_ns", "vad_ns", "vad_quiet_ns", "queue_ns"];

    public IReadOnlyList<string> Builds { get; } = [];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var speech = MadeSound.Speech(Spoken);
        var onset = MadeSound.Speech(50);
        var quiet = MadeSound.Quiet(Spoken);
        var silence = MadeSound.Quiet(50);
        List<double> spokenTimes = [], spokenBytes = [], quietTimes = [];
        await using var path = new InboundPath(context.Time);
        var started = context.Time.GetTimestamp();
        while (quietTimes.Count < Passes)
        {
            var warm = context.Time.GetElapsedTime(started) > WarmUp;
            cancellationToken.ThrowIfCancellationRequested();
            await path.BeginSpeakingAsync(onset);
            await path.SendAsync(speech, spoken: true);
            if (warm)
            {
                spokenTimes.Add(path.Elapsed.TotalNanoseconds / path.Frames);
                spokenBytes.Add((double)path.Allocated / path.Frames);
            }

            await path.EndSpeakingAsync(silence);
            path.Reset();
            await path.SendAsync(quiet, spoken: false);
            if (warm)
            {
                quietTimes.Add(path.Elapsed.TotalNanoseconds / path.Frames);
            }
        }

        var stages = new StageTimes(context.Time);
        return new Dictionary<string, double>
        {
            ["ns_per_frame"] = Percentiles.Of(spokenTimes, 50),
            ["bytes_per_frame"] = Percentiles.Of(spokenBytes, 50),
            ["quiet_ns_per_frame"] = Percentiles.Of(quietTimes, 50),
            ["json_ns"] = stages.Json(speech),
            ["resample_ns"] = stages.Resample(speech),
            ["vad_ns"] = stages.Voice(speech),
            ["vad_quiet_ns"] = stages.Voice(quiet),
            ["queue_ns"] = await stages.QueueAsync(),
        };
    }
}
