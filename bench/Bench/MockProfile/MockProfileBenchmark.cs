using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.MockProfile;

/// <summary>
/// End of speech to first reply audio with engines of ordinary speed and people who hesitate in the middle of a sentence: once without
/// and once with speculation.
/// </summary>
internal sealed class MockProfileBenchmark : IBenchmark
{
    private const int Sessions = 12;
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    // '|' is where the speaker hesitates.
    private static readonly (string Text, int HesitationMs)[] Sentences =
    [
        ("i would like to book a|table for two people", 600),
        ("can you tell me when the|next train leaves", 700),
        ("i am looking for a|present for my sister", 800),
        ("what time do you close on|saturday", 900),
        ("my room is too cold and|the heating does not work", 750),
    ];

    private static readonly byte[] Hello = WebSocketFrame.Make(
        """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"semantic_vad","eagerness":"auto"}}}}}""");

    private static readonly byte[][][] Utterances = [.. Sentences.Select(Utterance)];

    public string Name => "mock-profile";

    public string Description => "voice to voice with engines of ordinary speed and hesitating speakers; with and without speculation";

    public IReadOnlyList<string> Figures => ["median_ms", "speculative_median_ms", "model_calls_ratio", "cut_offs"];

    public IReadOnlyList<string> Builds => LoadServer.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var without = await MeasureAsync(context, speculation: false, cancellationToken);
        var with = await MeasureAsync(context, speculation: true, cancellationToken);
        return new Dictionary<string, double>
        {
            ["median_ms"] = without.Median,
            ["p95_ms"] = without.P95,
            ["speculative_median_ms"] = with.Median,
            ["speculative_p95_ms"] = with.P95,
            ["model_calls_ratio"] = with.ModelCalls,
            ["cut_offs"] = without.CutOffs + with.CutOffs,
            ["turns"] = without.Turns + with.Turns,
        };
    }

    private static async Task<MockProfileResult> MeasureAsync(BenchmarkContext context, bool speculation, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Realtime__Speculation"] = speculation ? "true" : "false",
            ["Inference__Simulated__TranscriptFinal"] = "00:00:00.350",
            ["Inference__Simulated__PartialDelay"] = "00:00:00.150",
            ["Inference__Simulated__Word"] = Word.ToString(),
            ["Inference__Simulated__FirstToken"] = "00:00:00.400",
            ["Inference__Simulated__TokensPerSecond"] = "60",
            ["Inference__Simulated__Reply"] = "Of course, I can do that for you. Is there anything else that you need?",
            ["Inference__Simulated__FirstAudio"] = "00:00:00.150",
            ["Inference__Simulated__SpeechRate"] = "4",
        };
        for (var i = 0; i < Sentences.Length; i++)
        {
            settings[$"Inference__Simulated__Sentences__{i}"] = Sentences[i].Text;
        }

        await using var server = await LoadServer.StartAsync(context, settings, gateway: false, cancellationToken);
        using var run = new LoadRun(context);
        var clients = await run.AddAsync(
            Sessions, number => new TurnClient(RawSocket.Connect(server.Direct), Hello, Utterances, (17 * number) + 5, context.Time), cancellationToken);
        await Task.Delay(WarmUp, context.Time, cancellationToken);
        var warm = await run.Loop.AskAsync(() => clients.Select(client => client.Turns.Count).ToArray(), cancellationToken);
        var label = speculation ? "with speculation" : "without speculation";
        await run.MeasureAsync(label, Length, new Dictionary<string, int> { ["voice-api"] = server.Api.Id }, cancellationToken);
        var (turns, cutOffs, missed, dropped) = await run.Loop.AskAsync(
            () => (
                clients.SelectMany((client, i) => client.Turns.Skip(warm[i])).Select(turn => turn.VoiceToVoiceMs).ToList(),
                clients.Sum(client => client.CutOff), clients.Sum(client => client.Missed), clients.Count(client => client.Closed is not null)),
            cancellationToken);
        if (turns.Count == 0 || dropped > 0)
        {
            throw new BenchmarkException($"{label}: {turns.Count} turns were answered, {missed} were not, {dropped} sessions were lost.");
        }

        var ratio = await run.Loop.AskAsync(() => clients.Sum(client => client.ModelCalls) / Math.Max(1.0, clients.Sum(client => client.TurnsTold)), cancellationToken);
        await context.Progress.WriteLineAsync(
            $"{label}: {turns.Count} turns, {missed} unanswered, {cutOffs} cut off, {ratio:0.00} model calls a turn; voice to voice p50 {Percentiles.Of(turns, 50):0} ms, p95 {Percentiles.Of(turns, 95):0}");
        return new(Percentiles.Of(turns, 50), Percentiles.Of(turns, 95), ratio, cutOffs, turns.Count);
    }

    private static byte[][] Utterance((string Text, int HesitationMs) sentence)
    {
        var parts = sentence.Text.Split('|');
        var pause = SpeechFrames.Pause(TimeSpan.FromMilliseconds(sentence.HesitationMs));
        return [.. parts.SelectMany((part, i) => (byte[][])[.. i == 0 ? [] : pause, .. SpeechFrames.Voice(Word * part.Split(' ').Length)])];
    }
}
