using Voice.Bench.Load;
using Voice.Bench.Running;
using Voice.Bench.Turns;

namespace Voice.Bench.Soak;

/// <summary>
/// Many people who talk for minutes, while others come and go: what the server holds must not grow with time, and when all have left it
/// must hold what it held before.
/// </summary>
internal sealed class SoakBenchmark : IBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(20);

    /// <summary>Longer than a server waits for a lost client to come back, and than a thread of the pool lives that nobody needs.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(30);

    public string Name => "soak";

    public string Description => "memory, threads and connections of a server that many people talk to for minutes (--sessions, --minutes)";

    public IReadOnlyList<string> Figures =>
    [
        "rss_start_mb", "rss_end_mb", "threads_start", "threads_end", "handles_before", "handles_after", "turns", "unanswered", "dropped",
    ];

    public IReadOnlyList<string> Builds => LoadServer.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var sessions = context.Integer("sessions", fallback: 100, minimum: 1, maximum: 1_000);
        var length = TimeSpan.FromMinutes(context.Integer("minutes", fallback: 5, minimum: 1, maximum: 60));
        await using var server = await LoadServer.StartAsync(context, TurnLoad.Engines, gateway: false, cancellationToken);
        // What the first sessions load and compile, and the pools they fill, stay and are nobody's.
        await VisitAsync(context, server, sessions, Stretch, cancellationToken);
        await Task.Delay(After, context.Time, cancellationToken);
        var before = Handles(server);

        using var load = new TurnLoad(context, server);
        await load.GrowAsync(sessions, cancellationToken);
        await load.MeasureAsync("warm", WarmUp, cancellationToken);
        var start = ProcessUsage.Of(server.Api.Id);
        for (var talked = TimeSpan.Zero; talked < length; talked += Stretch)
        {
            // A tenth come and go meanwhile.
            await Task.WhenAll(
                load.MeasureAsync($"{talked.TotalSeconds,4:0} s", Stretch, cancellationToken),
                VisitAsync(context, server, Math.Max(1, sessions / 10), Stretch / 2, cancellationToken));
            var now = ProcessUsage.Of(server.Api.Id);
            await context.Progress.WriteLineAsync($"{(talked + Stretch).TotalSeconds,4:0} s: {now.ResidentMegabytes:0.0} MB, {now.Threads} threads, {Handles(server)} handles");
        }

        var end = ProcessUsage.Of(server.Api.Id);
        var (turns, unanswered, dropped) = (load.Clients.Sum(client => client.Turns.Count), load.Clients.Sum(client => client.Missed), load.Dropped);
        await load.Run.LeaveAsync(load.Clients, cancellationToken);
        await Task.Delay(After, context.Time, cancellationToken);
        return new Dictionary<string, double>
        {
            ["rss_start_mb"] = start.ResidentMegabytes,
            ["rss_end_mb"] = end.ResidentMegabytes,
            ["threads_start"] = start.Threads,
            ["threads_end"] = end.Threads,
            ["handles_before"] = before,
            ["handles_after"] = Handles(server),
            ["turns"] = turns,
            ["unanswered"] = unanswered,
            ["dropped"] = dropped,
        };
    }

    private static async Task VisitAsync(BenchmarkContext context, LoadServer server, int sessions, TimeSpan length, CancellationToken cancellationToken)
    {
        using var load = new TurnLoad(context, server);
        await load.GrowAsync(sessions, cancellationToken);
        await Task.Delay(length, context.Time, cancellationToken);
        await load.Run.LeaveAsync(load.Clients, cancellationToken);
    }

    /// <summary>Sockets, files and timers that the server has open: a session that did not end keeps its own.</summary>
    private static int Handles(LoadServer server)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{server.Api.Id}/fd").Length;
        }
        catch (DirectoryNotFoundException gone)
        {
            throw new BenchmarkException("The server is gone.", gone);
        }
    }
}
