using Voice.Bench.Running;

namespace Voice.Bench.VoiceToVoice;

/// <summary>
/// End of speech to first reply audio, at the client, over the public endpoint. Once with the embedded engines; once with simulated ones
/// of the latencies that the budget gives them, where what is left after those and the configured silence is the platform's own.
/// </summary>
internal sealed class VoiceToVoiceBenchmark : IBenchmark
{
    private const int Turns = 50;

    // The budget of the three engines; what is subtracted is exactly what is configured here.
    private static readonly TimeSpan TranscriptFinal = TimeSpan.FromMilliseconds(90);
    private static readonly TimeSpan FirstToken = TimeSpan.FromMilliseconds(280);
    private static readonly TimeSpan FirstAudio = TimeSpan.FromMilliseconds(170);

    private static readonly Dictionary<string, string?> Embedded = Engines("embedded");

    private static readonly Dictionary<string, string?> Simulated = new(Engines("simulated"))
    {
        ["Engines__Simulated__TranscriptFinal"] = TranscriptFinal.ToString(),
        ["Engines__Simulated__FirstToken"] = FirstToken.ToString(),
        ["Engines__Simulated__FirstAudio"] = FirstAudio.ToString(),
    };

    public string Name => "voice-to-voice";

    public string Description => "end of speech to first reply audio; embedded engines, and the platform's own share";

    public IReadOnlyList<string> Figures => ["embedded_p50_ms", "embedded_p95_ms", "platform_p50_ms", "platform_p95_ms"];

    public IReadOnlyList<string> Builds => ["AppHost/AppHost.csproj"];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var turns = context.Integer("turns", Turns, 1, 10_000);
        var clips = await SpeechClips.LoadAsync(context, cancellationToken);
        var embedded = await MeasureAsync(context, "embedded", Embedded, clips, turns, cancellationToken);
        var simulated = await MeasureAsync(context, "simulated", Simulated, clips, turns, cancellationToken);

        // The transcript is on its way while the session waits in silence: of the two only the longer is waited for.
        var injected = (FirstToken + FirstAudio).TotalMilliseconds;
        var voiceToVoice = embedded.Select(t => t.VoiceToVoiceMs).ToList();
        var share = simulated.Select(t => t.VoiceToVoiceMs - injected - Math.Max(t.SilenceMs, TranscriptFinal.TotalMilliseconds)).ToList();
        return new Dictionary<string, double>
        {
            ["embedded_p50_ms"] = Percentiles.Of(voiceToVoice, 50),
            ["embedded_p95_ms"] = Percentiles.Of(voiceToVoice, 95),
            ["platform_p50_ms"] = Percentiles.Of(share, 50),
            ["platform_p95_ms"] = Percentiles.Of(share, 95),
        };
    }

    private static async Task<IReadOnlyList<MeasuredTurn>> MeasureAsync(
        BenchmarkContext context, string label, Dictionary<string, string?> environment, IReadOnlyList<byte[]> clips, int turns, CancellationToken cancellationToken)
    {
        await context.Progress.WriteLineAsync($"{label}: starting a platform");
        await using var platform = await PlatformCopy.StartAsync(context, environment, cancellationToken);
        return await new TurnTaker(platform, context).TakeAsync(clips, turns, label, cancellationToken);
    }

    private static Dictionary<string, string?> Engines(string engine) => new()
    {
        ["Engines__Transcription__Engine"] = engine,
        ["Engines__Chat__Engine"] = engine,
        ["Engines__Speech__Engine"] = engine,
        // What is measured is speech that is made; the clips ask for the same words again and again.
        ["SpeechCache__Enabled"] = "false",
    };
}
