using Voice.Bench.Running;

namespace Voice.Bench.Wer;

/// <summary>
/// Word error rate of the embedded transcription: every English clip with an exact transcript goes through the worker's live WebSocket, each
/// as a call of its own, in blocks of 20 ms as a microphone would send them but without the waiting. Nothing is tuned for a clip.
/// </summary>
internal sealed class WerBenchmark : IBenchmark
{
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

        await using var worker = await WorkerCopy.StartAsync(context, cancellationToken);
        var total = new WordErrors(0, 0, 0, 0);
        double audio = 0, busy = 0, memory = 0;
        foreach (var clip in clips)
        {
            var heard = await HearAsync(worker, clip, context, cancellationToken);
            var errors = WordErrors.Between(TranscriptText.Words(clip.Transcript), TranscriptText.Words(heard.Text));
            total += errors;
            audio += clip.Audio.Duration.TotalSeconds;
            busy += heard.Elapsed.TotalSeconds;
            memory += heard.MemoryMegabytes;
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

    private static async Task<HeardClip> HearAsync(WorkerCopy worker, LabelledClip clip, BenchmarkContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await worker.TranscribeAsync(clip, context.Options.GetValueOrDefault("prompt"), context.Time, cancellationToken);
        }
        catch (Exception failure) when (failure is System.Net.WebSockets.WebSocketException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new BenchmarkException($"The worker gave up on {clip.Name}.", failure);
        }
    }
}
