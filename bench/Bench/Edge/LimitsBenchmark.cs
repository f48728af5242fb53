using Voice.Bench.Running;

namespace Voice.Bench.Edge;

/// <summary>Whether a limit is exact: fifty clients that ask as fast as they are answered, over two gateways.</summary>
internal sealed class LimitsBenchmark : IBenchmark
{
    private const int Clients = 50;
    private const int PerSecond = 500;
    private const int Burst = 1_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Refilled = TimeSpan.FromSeconds(3 * Burst / (double)PerSecond);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    public string Name => "limits";

    public string Description => "requests let in above and below a limit by two gateways under fifty parallel clients";

    public IReadOnlyList<string> Figures => ["over", "under_share"];

    public IReadOnlyList<string> Builds => EdgeStack.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        await using var stack = EdgeStack.Create();
        var upstream = stack.Kept(await ForeignServer.UpstreamAsync(context, stack.Folder, cancellationToken));
        var limits = new Dictionary<string, string?>
        {
            ["Limits__Key__Permits"] = $"{PerSecond}", ["Limits__Key__Window"] = "00:00:01", ["Limits__Key__Burst"] = $"{Burst}",
            ["Limits__Organization__Permits"] = "5000000", ["Limits__Address__Permits"] = "5000000",
        };
        await stack.StartAsync(context, upstream.Address, 2, limits, cancellationToken);
        var clients = Enumerable.Range(0, Clients).Select(i => (new Uri(stack.Gateways[i % 2].Address, "/api/v1/agents"), (string?)stack.Key)).ToList();

        // Gateways that have just started answer nothing for a while, and a full bucket gains nothing meanwhile: they are warmed up, and the bucket is left
        // alone until it is full again. The first request that counts finds it so, and everything from it on is counted.
        await HttpLoad.SaturateAsync(context, clients, TimeSpan.Zero, WarmUp, cancellationToken);
        await Task.Delay(Refilled, context.Time, cancellationToken);
        var result = await HttpLoad.SaturateAsync(context, clients, TimeSpan.Zero, Length, cancellationToken);
        var allowed = result.Statuses.GetValueOrDefault(200);
        var refused = result.Statuses.GetValueOrDefault(429);
        if (refused < allowed / 10 || result.Statuses.Keys.Any(status => status is not (200 or 429)))
        {
            throw new BenchmarkException($"The limit was not reached, or something else went wrong: {string.Join(", ", result.Statuses)}.");
        }

        // What the bucket held and what was refilled between the first request and the last answer. Answers under way at the end are not counted,
        // and were let in: they are at most one a client.
        var limit = Burst + (PerSecond * result.Length.TotalSeconds);
        await context.Progress.WriteLineAsync($"{allowed} let in of {limit:0.0} in {result.Length.TotalSeconds:0.000} s, {refused} refused, {result.PerSecond:0} a second");
        return new Dictionary<string, double>
        {
            ["over"] = Math.Max(0, allowed - Math.Ceiling(limit)),
            ["under_share"] = Math.Max(0, 1 - (allowed / limit)),
            ["allowed"] = allowed,
            ["limit"] = limit,
        };
    }
}
