using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Connect;

/// <summary>From opening the connection to the first event of a session, one after the other.</summary>
internal sealed class ConnectBenchmark : IBenchmark
{
    private const int WarmUps = 40;
    private const int Connections = 200;

    public string Name => "connect";

    public string Description => "from opening a connection to session.created";

    public IReadOnlyList<string> Figures => ["ready_p95_ms"];

    public IReadOnlyList<string> Builds => LoadServer.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        await using var server = await LoadServer.StartAsync(context, new Dictionary<string, string?>(), gateway: true, cancellationToken);
        var direct = await MeasureAsync(context, "direct", server.Direct, cancellationToken);
        var through = await MeasureAsync(context, "through the gateway", server.Through, cancellationToken);
        return new Dictionary<string, double>
        {
            // The way that the public has.
            ["ready_p95_ms"] = Percentiles.Of(through, 95),
            ["ready_p50_ms"] = Percentiles.Of(through, 50),
            ["direct_ready_p95_ms"] = Percentiles.Of(direct, 95),
            ["direct_ready_p50_ms"] = Percentiles.Of(direct, 50),
        };
    }

    private static async Task<IReadOnlyList<double>> MeasureAsync(BenchmarkContext context, string label, LoadTarget target, CancellationToken cancellationToken)
    {
        var taken = new List<double>();
        var buffer = new byte[64 * 1024];
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), context.Time);
        for (var i = 0; i < WarmUps + Connections; i++)
        {
            await tick.WaitForNextTickAsync(cancellationToken);
            var started = context.Time.GetTimestamp();
            using var socket = RawSocket.Connect(target);
            var first = socket.ReceiveText(buffer);
            var ready = context.Time.GetElapsedTime(started).TotalMilliseconds;
            if (!first.StartsWith("{\"type\":\"session.created\"", StringComparison.Ordinal))
            {
                throw new BenchmarkException($"Instead of session.created came {first}");
            }

            socket.Send(WebSocketFrame.Make(WebSocketFrame.Close, [0x03, 0xe8]));
            if (i >= WarmUps)
            {
                taken.Add(ready);
            }
        }

        await context.Progress.WriteLineAsync($"{label}: p50 {Percentiles.Of(taken, 50):0.0} ms, p95 {Percentiles.Of(taken, 95):0.0}, max {taken.Max():0.0}");
        return taken;
    }
}
