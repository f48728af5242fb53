using Voice.Bench.Running;

namespace Voice.Bench.Wer;

/// <summary>
/// Word error rate of the embedded transcription: every English clip with an exact transcript goes through the worker's live WebSocket, each
/// as a call of its own, in blocks of 20 ms as a microphone would send them but without the waiting. Nothing is tuned for a clip.
/// With <c>--engine moonshine</c>, by the other engine that can be had here, as a provider.
/// </summary>
internal sealed class WerBenchmark : IBenchmark
{
    private const string Embedded = "pocketsphinx-en-us";
    private const string Moonshine = "moonshine";

    public string Name => "wer";

    public string Description => "word error rate of the embedded transcription over the labelled English clips of a folder";

    public IReadOnlyList<string> Figures => ["wer", "rtf", "memory_mb_per_stream"];

    public IReadOnlyList<string> Builds => ["Inference.Worker/Inference.Worker.csproj"];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var folder = context.DataFolder ?? throw new BenchmarkException("There is no folder with recorded speech: ./bench/run wer FOLDER, with an INDEX.tsv in it.");
        var quality = context.Options.TryGetValue("quality", out var prefixes) ? prefixes.Split(',') : ["exact", "canonical"];
        var clips = LabelledClip.Read(folder, quality);
        if (clips.Count == 0)
        {
            throw new BenchmarkException($"{folder} has no English WAV or raw clips with words and a label quality of {string.Join(" or ", quality)}.");
        }

        var other = context.Options.GetValueOrDefault("engine") switch
        {
            null or Embedded => null,
            Moonshine => await MoonshineServer.StartAsync(context, cancellationToken),
            _ => throw new BenchmarkException($"--engine must be {Embedded} or {Moonshine}."),
        };
        await using var server = other;
        await using var worker = await WorkerCopy.StartAsync(context, cancellationToken, other?.Settings(Moonshine));
        var total = new WordErrors(0, 0, 0, 0);
        double audio = 0, busy = 0, memory = 0;
        foreach (var clip in clips)
        {
            var heard = await HearAsync(worker, clip, other is null ? Embedded : Moonshine, context, cancellationToken);
            var errors = WordErrors.Between(TranscriptText.Words(clip.Transcript), TranscriptText.Words(heard.Text));
            total += errors;
            audio += clip.Audio.Duration.TotalSeconds;
            busy += heard.Elapsed.TotalSeconds;
            memory += other?.Memory() ?? heard.MemoryMegabytes;
            await context.Progress.WriteLineAsync(
                $"{errors.Rate,7:0.0 %} {errors.Count,3} of {errors.Words,3}  {heard.Confidence:0.00}  {clip.Name}: {heard.Text}");
        }

        await context.Progress.WriteLineAsync($"{clips.Count} clips, {audio:0} s, {total.Words} words: {total.Substitutions} replaced, {total.Deletions} lost, {total.Insertions} added");
        return new Dictionary<string, double>
        {
            ["wer"] = total.Rate,
            ["rtf"] = busy / audio,
            ["memory_mb_per_stream"] = memory / clips.Count,
        };
    }

    private static async Task<HeardClip> HearAsync(WorkerCopy worker, LabelledClip clip, string model, BenchmarkContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await worker.TranscribeAsync(clip, model, context.Options.GetValueOrDefault("prompt"), context.Time, cancellationToken);
        }
        catch (Exception failure) when (failure is System.Net.WebSockets.WebSocketException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new BenchmarkException($"The worker gave up on {clip.Name}.", failure);
        }
    }
}
