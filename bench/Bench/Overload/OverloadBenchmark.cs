using Voice.Bench.Load;
using Voice.Bench.Running;
using Voice.Bench.Turns;

namespace Voice.Bench.Overload;

/// <summary>Half as many again as there is room for: those inside must not notice, those outside are told when to come back.</summary>
internal sealed class OverloadBenchmark : IBenchmark
{
    /// <summary>Sessions of the machine that bench/README.md names; <c>--capacity</c> for another.</summary>
    private const int Capacity = 200;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "overload";

    public string Description => "150 % of the sessions that are admitted: who drops, who suffers";

    public IReadOnlyList<string> Figures => ["dropped", "p95_increase"];

    public IReadOnlyList<string> Builds => LoadServer.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var capacity = context.Integer("capacity", Capacity, 2, 10_000);
        var settings = new Dictionary<string, string?>(TurnLoad.Engines) { ["Realtime__MaxSessions"] = $"{capacity}" };
        await using var server = await LoadServer.StartAsync(context, settings, gateway: false, cancellationToken);
        using var load = new TurnLoad(context, server);
        await load.GrowAsync(capacity, cancellationToken);
        await Task.Delay(Settle, context.Time, cancellationToken);
        var alone = await load.MeasureAsync($"{capacity} alone", Length, cancellationToken);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outside = RefusedAsync(context, server.Direct, capacity / 2, ending.Token);
        var crowded = await load.MeasureAsync($"{capacity} with {capacity / 2} more at the door", Length, cancellationToken);
        await ending.CancelAsync();
        var (refused, unclean) = await outside;

        var increase = (Percentiles.Of(crowded, 95) - Percentiles.Of(alone, 95)) / (Percentiles.Of(alone, 95) + TurnLoad.InjectedMs);
        await context.Progress.WriteLineAsync($"refused {refused} times, {unclean} of them without error, hint and close 1013");
        if (unclean > 0 || refused < capacity / 2)
        {
            throw new BenchmarkException($"{unclean} refusals were not clean; {refused} in all.");
        }

        return new Dictionary<string, double>
        {
            ["dropped"] = load.Dropped + (capacity - load.Clients.Count(client => client.Ready)),
            ["p95_increase"] = (Percentiles.Of(crowded, 95) / Percentiles.Of(alone, 95)) - 1,
            ["voice_to_voice_p95_increase"] = increase,
            ["refused"] = refused,
        };
    }

    /// <summary>Each of them comes again as soon as it was told to.</summary>
    private static async Task<(int Refused, int Unclean)> RefusedAsync(BenchmarkContext context, LoadTarget target, int clients, CancellationToken cancellationToken)
    {
        var (refused, unclean) = (0, 0);
        using var tick = new PeriodicTimer(Patience / clients, context.Time);
        try
        {
            while (await tick.WaitForNextTickAsync(cancellationToken))
            {
                refused++;
                unclean += await Task.Run(() => Clean(target), cancellationToken) ? 0 : 1;
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        return (refused, unclean);
    }

    private static bool Clean(LoadTarget target)
    {
        var buffer = new byte[16 * 1024];
        using var socket = RawSocket.Connect(target);
        var told = socket.ReceiveText(buffer);
        return told.StartsWith("{\"type\":\"error\"", StringComparison.Ordinal) && told.Contains("\"server_overloaded\"", StringComparison.Ordinal)
            && told.Contains("\"retry_after_ms\":", StringComparison.Ordinal) && socket.ReceiveClose(buffer) == 1013;
    }
}
