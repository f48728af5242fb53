using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Turns;

/// <summary>What the platform adds to a turn, by how many talk at once, and how many can.</summary>
internal sealed class TurnsBenchmark : IBenchmark
{
    private const double LimitMs = 50;

    /// <summary>A late generator makes its figures worse and never better, so that a limit kept is kept; but the load must be there.</summary>
    private const double LatestMs = 20;

    private static readonly int[] Levels = [1, 50, 100, 200];
    private static readonly int[] Further = [300, 400, 500, 600, 700];
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FurtherLength = TimeSpan.FromSeconds(12);

    public string Name => "turns";

    public string Description => "what the platform adds to a turn, by sessions; how many sessions it carries";

    public IReadOnlyList<string> Figures => [.. Levels.SelectMany(n => new[] { $"p50_ms_{n}", $"p95_ms_{n}" }), "max_sessions_p95_50ms"];

    public IReadOnlyList<string> Builds => LoadServer.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        // The limits are measured here, not kept.
        var settings = new Dictionary<string, string?>(TurnLoad.Engines) { ["Realtime__MaxSessions"] = "10000", ["Realtime__MaxLag"] = "00:01:00" };
        await using var server = await LoadServer.StartAsync(context, settings, gateway: false, cancellationToken);
        var figures = new Dictionary<string, double>();
        using (var warm = new TurnLoad(context, server))
        {
            await warm.GrowAsync(20, cancellationToken);
            await warm.MeasureAsync("warm-up with 20", TimeSpan.FromSeconds(12), cancellationToken);
            await warm.Run.LeaveAsync(warm.Clients, cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellationToken);
        }

        using var load = new TurnLoad(context, server);
        var most = 0;
        foreach (var level in Levels)
        {
            var overheads = await StepAsync(context, load, level, level == 1 ? Length * 1.5 : Length, cancellationToken);
            figures[$"p50_ms_{level}"] = Percentiles.Of(overheads, 50);
            figures[$"p95_ms_{level}"] = Percentiles.Of(overheads, 95);
            most = figures[$"p95_ms_{level}"] < LimitMs && load.Run.LatenessMs < LatestMs && load.Dropped == 0 ? level : most;
        }

        foreach (var level in Further)
        {
            if (most < Levels[^1] || !await CarriesAsync(context, load, level, cancellationToken))
            {
                break;
            }

            most = level;
        }

        figures["max_sessions_p95_50ms"] = most;
        return figures;
    }

    private static async Task<bool> CarriesAsync(BenchmarkContext context, TurnLoad load, int sessions, CancellationToken cancellationToken)
    {
        try
        {
            var overheads = await StepAsync(context, load, sessions, FurtherLength, cancellationToken);
            return Percentiles.Of(overheads, 95) < LimitMs && load.Run.LatenessMs < LatestMs && load.Dropped == 0;
        }
        catch (BenchmarkException exception)
        {
            // More than it carries may be more than answers at all: the figure is what it did carry.
            await context.Progress.WriteLineAsync($"{sessions} sessions: {exception.Message}");
            return false;
        }
    }

    private static async Task<IReadOnlyList<double>> StepAsync(BenchmarkContext context, TurnLoad load, int sessions, TimeSpan length, CancellationToken cancellationToken)
    {
        await load.GrowAsync(sessions, cancellationToken);
        await Task.Delay(Settle, context.Time, cancellationToken);
        return await load.MeasureAsync($"{sessions} sessions", length, cancellationToken);
    }
}
