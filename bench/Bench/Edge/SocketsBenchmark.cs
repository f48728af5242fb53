using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Edge;

/// <summary>WebSockets through the gateway: thousands that say nothing, and hundreds that talk.</summary>
internal sealed class SocketsBenchmark : IBenchmark
{
    private const int Talking = 200;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);
    // The upstream's runtime compiles what it runs again for as long.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    public string Name => "sockets";

    public string Description => "idle WebSockets held by the gateway and their memory; latency that it adds to 200 that talk";

    public IReadOnlyList<string> Figures => ["held", "kb_per_connection", "added_p99_ms"];

    public IReadOnlyList<string> Builds => EdgeStack.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, double>();
        await using var stack = EdgeStack.Create();
        var upstream = stack.Kept(await ServiceProcess.StartAsync(
            context, [typeof(SocketsBenchmark).Assembly.Location, BareEcho.Argument], new Dictionary<string, string?>(), StartLimit, StopLimit, cancellationToken));
        var settings = new Dictionary<string, string?>
        {
            ["Limits__Key__Permits"] = "5000000", ["Limits__Organization__Permits"] = "5000000", ["Limits__Address__Permits"] = "5000000", ["Limits__ConcurrentSessions"] = "100000",
        };
        await stack.StartAsync(context, upstream.Address, 1, settings, cancellationToken);
        await stack.StartBesideAsync(context, cancellationToken);
        var through = new LoadTarget(new Uri(stack.Gateways[0].Address, "/v1/realtime?agent=receptionist"), stack.Key);
        var direct = new LoadTarget(new Uri(upstream.Address, "/v1/realtime"), null);

        var alone = await TalkAsync(context, "direct", direct, upstream, null, stack, cancellationToken);
        var added = await TalkAsync(context, "gateway", through, upstream, stack.Gateways[0], stack, cancellationToken);
        figures["direct_p99_ms"] = alone.Percentile(99);
        figures["gateway_p99_ms"] = added.Percentile(99);
        figures["added_p99_ms"] = added.Percentile(99) - alone.Percentile(99);
        figures["added_p50_ms"] = added.Percentile(50) - alone.Percentile(50);
        if (stack.Gateways.Count > 1)
        {
            await TakeTurnsAsync(context, upstream, stack, cancellationToken);
            return figures;
        }

        await HoldAsync(context, through, stack.Gateways[0].Id, figures, cancellationToken);
        return figures;
    }

    /// <summary>Two builds of the gateway, one after the other and again: what the machine does meanwhile happens to both.</summary>
    private static async Task TakeTurnsAsync(BenchmarkContext context, ServiceProcess upstream, EdgeStack stack, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < 2 * context.Integer("turns", 3, 1, 100); turn++)
        {
            var gateway = stack.Gateways[turn % 2];
            var target = new LoadTarget(new Uri(gateway.Address, "/v1/realtime?agent=receptionist"), stack.Key);
            var record = await TalkAsync(context, turn % 2 == 0 ? "gateway" : "beside", target, upstream, gateway, stack, cancellationToken);
            await context.Progress.WriteLineAsync($"p50 {record.Percentile(50):0.00} ms, p99 {record.Percentile(99):0.00}");
        }
    }

    private static async Task<LatencyRecord> TalkAsync(
        BenchmarkContext context, string label, LoadTarget target, ServiceProcess upstream, ServiceProcess? gateway, EdgeStack stack, CancellationToken cancellationToken)
    {
        using var run = new LoadRun(context);
        var record = new LatencyRecord();
        var clients = await run.AddAsync(Talking, _ => new EchoClient(RawSocket.Connect(target), [], context.Time, record), cancellationToken);
        if (gateway is null)
        {
            await Task.Delay(Settle, context.Time, cancellationToken);
        }
        else
        {
            await new GatewayMetrics(gateway, stack.Key).WarmUpAsync(context, cancellationToken);
        }

        await run.Loop.AskAsync(record.Take, cancellationToken);
        var processes = new Dictionary<string, int> { ["upstream"] = upstream.Id, ["gateway"] = (gateway ?? stack.Gateways[0]).Id };
        await run.MeasureAsync($"{label}: {Talking} of 50 frames/s", Length, processes, cancellationToken);
        var measured = await run.Loop.AskAsync(record.Take, cancellationToken);
        if (measured.Count < Talking * 50 * Length.TotalSeconds * 0.98 || clients.Any(client => client.Closed is not null))
        {
            throw new BenchmarkException($"{label}: only {measured.Count} frames came back.");
        }

        await run.LeaveAsync(clients, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellationToken);
        return measured;
    }

    private static async Task HoldAsync(
        BenchmarkContext context, LoadTarget target, int gateway, Dictionary<string, double> figures, CancellationToken cancellationToken)
    {
        var count = context.Integer("connections", 5_000, 100, 9_000);
        var before = ProcessUsage.Of(gateway).ResidentMegabytes;
        var sockets = new List<RawSocket>(count);
        try
        {
            await Task.Run(
                () =>
                {
                    while (sockets.Count < count)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        sockets.Add(RawSocket.Connect(target));
                    }
                },
                cancellationToken);
            await Task.Delay(Hold, context.Time, cancellationToken);
            figures["kb_per_connection"] = (ProcessUsage.Of(gateway).ResidentMegabytes - before) * 1024 / count;
            figures["held"] = await Task.Run(() => sockets.Count(StillEchoes), cancellationToken);
            await context.Progress.WriteLineAsync($"{figures["held"]} of {count} held for {Hold.TotalSeconds:0} s, {figures["kb_per_connection"]:0.0} KB each");
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static bool StillEchoes(RawSocket socket)
    {
        try
        {
            var buffer = new byte[1024];
            socket.Send(WebSocketFrame.Make(WebSocketFrame.Text, "still there"u8));
            return socket.ReceiveText(buffer) == "still there";
        }
        catch (Exception failure) when (failure is BenchmarkException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
