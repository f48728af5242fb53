using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Edge;

/// <summary>
/// What a proxied GET costs the gateway's process, which other work on the machine moves much less than how many are answered. With another build
/// (<c>--beside DIR</c>) or with other settings (<c>--beside-env NAME=VALUE,...</c>) the two take turns of a few seconds, so that what the machine does meanwhile happens to both.
/// </summary>
internal sealed class GatewayCostBenchmark : IBenchmark
{
    private const int Connections = 64;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    public string Name => "gateway-cost";

    public string Description => "processor time and bytes allocated for a proxied GET, of one build of the gateway or of two that take turns";

    public IReadOnlyList<string> Figures => ["cpu_us", "bytes"];

    public IReadOnlyList<string> Builds => EdgeStack.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        await using var stack = EdgeStack.Create();
        var upstream = stack.Kept(await ForeignServer.UpstreamAsync(context, stack.Folder, cancellationToken));
        await stack.StartAsync(context, upstream.Address, 1, GatewayBenchmark.Unreached, cancellationToken);
        await stack.StartBesideAsync(context, cancellationToken);
        var sides = stack.Gateways.Select(gateway => new Side(gateway, new GatewayMetrics(gateway, stack.Key), stack.Key)).ToList();
        foreach (var side in sides)
        {
            await side.Metrics.WarmUpAsync(context, side.Clients, cancellationToken);
        }

        for (var turn = 0; turn < context.Integer("turns", 8, 1, 1000); turn++)
        {
            // Whoever is first in one turn is last in the next.
            foreach (var side in turn % 2 == 0 ? sides : sides.AsEnumerable().Reverse())
            {
                await side.TakeTurnAsync(context, cancellationToken);
            }
        }

        var figures = new Dictionary<string, double>();
        foreach (var (side, prefix) in sides.Zip(["", "beside_"]))
        {
            (figures[prefix + "cpu_us"], figures[prefix + "bytes"], figures[prefix + "rps"]) = (side.CpuMicroseconds, side.Bytes, side.PerSecond);
        }

        if (sides.Count == 2)
        {
            figures["cpu_ratio"] = sides[0].CpuMicroseconds / sides[1].CpuMicroseconds;
        }

        return figures;
    }

    private sealed class Side(ServiceProcess gateway, GatewayMetrics metrics, string key)
    {
        private readonly List<(double Cpu, double Bytes, double Requests, double Seconds)> _turns = [];

        public GatewayMetrics Metrics => metrics;

        public IReadOnlyList<(Uri Address, string? Token)> Clients { get; } = [.. Enumerable.Repeat((new Uri(gateway.Address, "/api/v1/agents"), (string?)key), Connections)];

        public double CpuMicroseconds => _turns.Sum(turn => turn.Cpu) * 1e6 / _turns.Sum(turn => turn.Requests);

        public double Bytes => _turns.Sum(turn => turn.Bytes) / _turns.Sum(turn => turn.Requests);

        public double PerSecond => _turns.Sum(turn => turn.Requests) / _turns.Sum(turn => turn.Seconds);

        public async Task TakeTurnAsync(BenchmarkContext context, CancellationToken cancellationToken)
        {
            var bytes = await metrics.AllocatedAsync(cancellationToken);
            var cpu = ProcessUsage.Of(gateway.Id).CpuSeconds;
            var result = (await HttpLoad.SaturateAsync(context, Clients, TimeSpan.Zero, Turn, cancellationToken)).AllOk("the gateway");
            _turns.Add((ProcessUsage.Of(gateway.Id).CpuSeconds - cpu, await metrics.AllocatedAsync(cancellationToken) - bytes, result.Latency.Count, result.Length.TotalSeconds));
        }
    }
}
