using Voice.Bench.Running;

namespace Voice.Bench.Bus;

/// <summary>
/// The PostgreSQL transport from the transaction that publishes to the transaction of the handler: outbox, relay, delivery, handler, inbox. Two
/// services handle the messages of one subscription, a third and a fourth pass over what the other two are given.
/// </summary>
internal sealed class BusBenchmark : IBenchmark
{
    private const int Keys = 500;
    private const int WarmUp = 4_000;
    private const int PacedPerSecond = 200;
    private static readonly TimeSpan PacedFor = TimeSpan.FromSeconds(20);

    public string Name => "bus";

    public string Description => "messages a second from outbox to handler over PostgreSQL; how long one takes at 200 a second";

    public IReadOnlyList<string> Figures => ["messages_per_s", "p99_ms_at_200"];

    public IReadOnlyList<string> Builds => [];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var messages = context.Integer("messages", 40_000, 1_000, 1_000_000);
        await using var stack = await BusStack.StartAsync(context.Time, cancellationToken);
        var warm = await stack.FloodAsync(Run(0), WarmUp, cancellationToken);
        await context.Progress.WriteLineAsync($"warm-up: {WarmUp / warm.TotalSeconds:0} messages/s");

        await stack.CostAsync(cancellationToken);
        var flood = await stack.FloodAsync(Run(1), messages, cancellationToken);
        await context.Progress.WriteLineAsync($"{messages} messages of {Keys} sessions in {flood.TotalSeconds:0.0} s: {await stack.CostAsync(cancellationToken)}");

        var latencies = await stack.PaceAsync(Run(2), PacedPerSecond, PacedFor, cancellationToken);
        await context.Progress.WriteLineAsync(
            $"{latencies.Count} messages at {PacedPerSecond}/s: p50 {Percentiles.Of(latencies, 50):0.0} ms, p95 {Percentiles.Of(latencies, 95):0.0}, "
            + $"p99 {Percentiles.Of(latencies, 99):0.0}, max {latencies.Max():0.0}");

        await stack.VerifyAsync(WarmUp + messages + latencies.Count, cancellationToken);
        return new Dictionary<string, double>
        {
            ["messages_per_s"] = messages / flood.TotalSeconds,
            ["p99_ms_at_200"] = Percentiles.Of(latencies, 99),
            ["p50_ms_at_200"] = Percentiles.Of(latencies, 50),
        };
    }

    private static BusRun Run(int number) => new($"run{number}", Keys);
}
