using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Edge;

/// <summary>A proxied GET with everything on, beside proxies that do nothing else.</summary>
internal sealed class GatewayBenchmark : IBenchmark
{
    private const int Connections = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>Limits that are asked for every request and reached by none.</summary>
    public static IReadOnlyDictionary<string, string?> Unreached { get; } = new Dictionary<string, string?>
    {
        ["Limits__Key__Permits"] = "5000000", ["Limits__Organization__Permits"] = "5000000", ["Limits__Address__Permits"] = "5000000",
    };

    public string Name => "gateway";

    public string Description => "proxied GET with credential, limits and access log, beside nginx and Express as plain proxies";

    public IReadOnlyList<string> Figures => ["rps", "nginx_rps", "express_rps", "added_p99_ms"];

    public IReadOnlyList<string> Builds => EdgeStack.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, double>();
        await using var stack = EdgeStack.Create();
        var upstream = stack.Kept(await ForeignServer.UpstreamAsync(context, stack.Folder, cancellationToken));
        var direct = Clients(new Uri(upstream.Address, "/api/v1/agents"), null);

        await using (var nginx = await ForeignServer.ProxyAsync(context, stack.Folder, upstream.Address, cancellationToken))
        {
            await SaturateAsync(context, "nginx_", Clients(new Uri(nginx.Address, "/api/v1/agents"), null), figures, cancellationToken);
        }

        await using (var express = await ForeignServer.ExpressAsync(context, upstream.Address, cancellationToken))
        {
            await SaturateAsync(context, "express_", Clients(new Uri(express.Address, "/api/v1/agents"), null), figures, cancellationToken);
        }

        await stack.StartAsync(context, upstream.Address, 1, Unreached, cancellationToken);
        var through = Clients(new Uri(stack.Gateways[0].Address, "/api/v1/agents"), stack.Key);
        await new GatewayMetrics(stack.Gateways[0], stack.Key).WarmUpAsync(context, through, cancellationToken);
        var before = (ProcessUsage.Of(stack.Gateways[0].Id), ProcessUsage.Of(stack.Cache));
        await SaturateAsync(context, "", through, figures, cancellationToken);
        var after = (ProcessUsage.Of(stack.Gateways[0].Id), ProcessUsage.Of(stack.Cache));
        await context.Progress.WriteLineAsync(
            $"cores: gateway {(after.Item1.CpuSeconds - before.Item1.CpuSeconds) / (WarmUp + Length).TotalSeconds:0.00}, redis {(after.Item2.CpuSeconds - before.Item2.CpuSeconds) / (WarmUp + Length).TotalSeconds:0.00}");

        var half = figures["rps"] / 2;
        var bare = (await HttpLoad.PaceAsync(context, direct, half, WarmUp, Length, cancellationToken)).AllOk("the upstream").Latency;
        var paced = (await HttpLoad.PaceAsync(context, through, half, WarmUp, Length, cancellationToken)).AllOk("the gateway").Latency;
        figures["half_load_p50_ms"] = paced.Percentile(50);
        figures["half_load_p99_ms"] = paced.Percentile(99);
        figures["added_p99_ms"] = paced.Percentile(99) - bare.Percentile(99);
        return figures;
    }

    private static async Task SaturateAsync(
        BenchmarkContext context, string prefix, IReadOnlyList<(Uri Address, string? Token)> clients, Dictionary<string, double> figures, CancellationToken cancellationToken)
    {
        var result = (await HttpLoad.SaturateAsync(context, clients, WarmUp, Length, cancellationToken)).AllOk(prefix.TrimEnd('_'));
        figures[$"{prefix}rps"] = result.PerSecond;
        figures[$"{prefix}p50_ms"] = result.Latency.Percentile(50);
        figures[$"{prefix}p99_ms"] = result.Latency.Percentile(99);
        await context.Progress.WriteLineAsync($"{prefix}rps {result.PerSecond:0}, p50 {result.Latency.Percentile(50):0.00} ms, p99 {result.Latency.Percentile(99):0.00}");
    }

    private static IReadOnlyList<(Uri Address, string? Token)> Clients(Uri address, string? token) => [.. Enumerable.Repeat((address, token), Connections)];
}
