using Voice.Bench.Load;
using Voice.Bench.Running;
using Voice.Bench.Turns;

namespace Voice.Bench.Memory;

/// <summary>What one more session costs the server: processor with media only, memory while it talks, memory while it says nothing.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const int Live = 200;
    private const int Idle = 400;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public string Name => "memory";

    public string Description => "processor and memory of a live and of an idle session";

    public IReadOnlyList<string> Figures => ["core_per_session", "live_mb", "idle_kb"];

    public IReadOnlyList<string> Builds => LoadServer.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        await using var server = await LoadServer.StartAsync(context, TurnLoad.Engines, gateway: false, cancellationToken);
        // What the first sessions load and compile stays and is nobody's.
        await TalkAsync(context, server, sessions: 30, Length, cancellationToken);

        var before = ProcessUsage.Of(server.Api.Id);
        var idle = await IdleAsync(context, server, cancellationToken);
        await context.Progress.WriteLineAsync($"{Idle} idle: {before.ResidentMegabytes:0.0} to {idle.ResidentMegabytes:0.0} MB, {idle.Threads} threads");

        var core = await MediaAsync(context, server, cancellationToken);
        var quiet = ProcessUsage.Of(server.Api.Id);
        var live = await TalkAsync(context, server, Live, Length, cancellationToken);
        await context.Progress.WriteLineAsync($"{Live} live: {before.ResidentMegabytes:0.0} to {live.ResidentMegabytes:0.0} MB ({quiet.ResidentMegabytes:0.0} before they came), {live.Threads} threads");
        return new Dictionary<string, double>
        {
            ["core_per_session"] = core,
            // From the same start as the idle ones: what an earlier crowd left in the process is not given away.
            ["live_mb"] = (live.ResidentMegabytes - before.ResidentMegabytes) / Live,
            ["idle_kb"] = (idle.ResidentMegabytes - before.ResidentMegabytes) * 1024 / Idle,
        };
    }

    private static async Task<ProcessUsage> IdleAsync(BenchmarkContext context, LoadServer server, CancellationToken cancellationToken)
    {
        using var run = new LoadRun(context);
        var clients = await run.AddAsync(Idle, _ => new QuietClient(RawSocket.Connect(server.Direct), microphone: false), cancellationToken);
        await Task.Delay(Settle * 2, context.Time, cancellationToken);
        var usage = ProcessUsage.Of(server.Api.Id);
        await EndAsync(context, server, run, clients, clients.Count(client => client.Ready && client.Closed is null), cancellationToken);
        return usage;
    }

    private static async Task<double> MediaAsync(BenchmarkContext context, LoadServer server, CancellationToken cancellationToken)
    {
        using var run = new LoadRun(context);
        var clients = await run.AddAsync(Live, _ => new QuietClient(RawSocket.Connect(server.Direct), microphone: true), cancellationToken);
        await Task.Delay(Settle, context.Time, cancellationToken);
        var shares = await run.MeasureAsync($"{Live} with media only", Length, new Dictionary<string, int> { ["voice-api"] = server.Api.Id }, cancellationToken);
        await EndAsync(context, server, run, clients, clients.Count(client => client.Ready && client.Closed is null), cancellationToken);
        return shares["voice-api"] / Live;
    }

    private static async Task<ProcessUsage> TalkAsync(BenchmarkContext context, LoadServer server, int sessions, TimeSpan length, CancellationToken cancellationToken)
    {
        using var load = new TurnLoad(context, server);
        await load.GrowAsync(sessions, cancellationToken);
        await load.MeasureAsync($"{sessions} live", length, cancellationToken);
        var usage = ProcessUsage.Of(server.Api.Id);
        await EndAsync(context, server, load.Run, load.Clients, sessions - load.Dropped, cancellationToken);
        return usage;
    }

    private static async Task EndAsync(BenchmarkContext context, LoadServer server, LoadRun run, IReadOnlyCollection<LoadClient> clients, int there, CancellationToken cancellationToken)
    {
        if (there < clients.Count)
        {
            var codes = string.Join(", ", clients.Where(client => client.Closed is not null).Select(client => client.Closed).Distinct());
            throw new BenchmarkException(
                $"{clients.Count - there} of {clients.Count} sessions were lost (closed with {codes}). The server's last lines:\n{string.Join('\n', server.Api.Tail)}");
        }

        await run.LeaveAsync(clients, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), context.Time, cancellationToken);
    }
}
