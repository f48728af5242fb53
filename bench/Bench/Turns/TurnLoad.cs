using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Turns;

/// <summary>People who take turns with an agent whose engines take a known time; what a turn takes longer is the platform's.</summary>
internal sealed class TurnLoad(BenchmarkContext context, LoadServer server) : IDisposable
{
    private const double FirstTokenMs = 250;
    private const double FirstAudioMs = 150;
    private const double SilenceMs = 400;

    /// <summary>The transcript is on its way while the session waits in silence, and is there before it ends.</summary>
    public const double InjectedMs = SilenceMs + FirstTokenMs + FirstAudioMs;

    public static readonly IReadOnlyDictionary<string, string?> Engines = new Dictionary<string, string?>
    {
        ["Inference__Simulated__TranscriptFinal"] = "00:00:00.070",
        ["Inference__Simulated__FirstToken"] = "00:00:00.250",
        ["Inference__Simulated__FirstAudio"] = "00:00:00.150",
        ["Inference__Simulated__Sentences__0"] = "what are your opening hours",
        ["Inference__Simulated__Reply"] = "We are open from nine to five.",
        // A reply begun early hides part of what was injected, and with it what the platform adds.
        ["Realtime__Speculation"] = "false",
    };

    private static readonly byte[] Hello = WebSocketFrame.Make(
        """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","silence_duration_ms":400}}}}}""");

    private static readonly byte[][][] Utterances = [SpeechFrames.Voice(TimeSpan.FromMilliseconds(1_600))];

    private readonly LoadRun _run = new(context);
    private readonly List<TurnClient> _clients = [];

    public IReadOnlyList<TurnClient> Clients => _clients;

    public LoadRun Run => _run;

    public int Dropped => _clients.Count(client => client.Ready && client.Closed is not null);

    /// <summary>Until there are so many.</summary>
    public async Task GrowAsync(int sessions, CancellationToken cancellationToken) =>
        _clients.AddRange(await _run.AddAsync(
            sessions - _clients.Count, _ => new TurnClient(RawSocket.Connect(server.Direct), Hello, Utterances, _clients.Count + (int)(_seed += 7), context.Time), cancellationToken));

    private uint _seed;

    /// <returns>Overheads of the turns that were answered meanwhile, in ms.</returns>
    public async Task<IReadOnlyList<double>> MeasureAsync(string label, TimeSpan length, CancellationToken cancellationToken)
    {
        var before = await _run.Loop.AskAsync(() => _clients.ToDictionary(client => client, client => (client.Turns.Count, client.Missed)), cancellationToken);
        await _run.MeasureAsync(
            label, length,
            new Dictionary<string, int> { ["voice-api"] = server.Api.Id, ["redis"] = server.Cache },
            cancellationToken);
        var (turns, missed, error) = await _run.Loop.AskAsync(
            () => (
                _clients.SelectMany(client => client.Turns.Skip(before.TryGetValue(client, out var had) ? had.Count : 0)).ToList(),
                _clients.Sum(client => client.Missed - (before.TryGetValue(client, out var had) ? had.Missed : 0)),
                _clients.Select(client => client.Error).FirstOrDefault(error => error?.Contains("server_overloaded", StringComparison.Ordinal) == false)),
            cancellationToken);
        if (error is not null)
        {
            await context.Progress.WriteLineAsync($"{label}: the server reported {error}");
        }

        if (turns.Count == 0)
        {
            throw new BenchmarkException($"{label}: no turn was answered ({missed} were not).");
        }

        // How well the end of the voice is heard is the benchmark vad's; here it is where the platform says.
        var overheads = turns.Where(turn => turn.FromHeardEndMs is not null).Select(turn => turn.FromHeardEndMs!.Value - InjectedMs).ToList();
        var late = Percentiles.Of(turns.Where(turn => turn.FromHeardEndMs is not null).Select(turn => turn.VoiceToVoiceMs - turn.FromHeardEndMs!.Value), 50);
        await context.Progress.WriteLineAsync(
            $"{label}: {turns.Count} turns, {missed} unanswered, {Dropped} sessions dropped; overhead p50 {Percentiles.Of(overheads, 50):0.0} ms, "
            + $"p95 {Percentiles.Of(overheads, 95):0.0}, p99 {Percentiles.Of(overheads, 99):0.0}, max {overheads.Max():0.0}; end of voice heard {late:0.0} ms late");
        return overheads;
    }

    public void Dispose() => _run.Dispose();
}
