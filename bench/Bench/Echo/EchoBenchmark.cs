using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Echo;

/// <summary>What a session adds to a WebSocket: a frame there and back, through all of a session and through none.</summary>
internal sealed class EchoBenchmark : IBenchmark
{
    private static readonly int[] Levels = [10, 100, 200];
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    public string Name => "echo";

    public string Description => "round trip of a frame through a live session, beside a bare Kestrel WebSocket";

    public IReadOnlyList<string> Figures => ["p99_ms_100", "bare_p99_ms_100", "gateway_p99_ms_100"];

    public IReadOnlyList<string> Builds => LoadServer.Builds;

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, double>();
        await using (var bare = await ServiceProcess.StartAsync(
            context, [typeof(EchoBenchmark).Assembly.Location, BareEcho.Argument], new Dictionary<string, string?>(), StartLimit, StopLimit, cancellationToken))
        {
            var target = new LoadTarget(new Uri(bare.Address, "/echo"), null);
            await RampAsync(context, "bare_", target, [], new Dictionary<string, int> { ["kestrel"] = bare.Id }, figures, cancellationToken);
        }

        var settings = new Dictionary<string, string?> { ["Realtime__Echo"] = "true" };
        await using var server = await LoadServer.StartAsync(context, settings, gateway: true, cancellationToken);
        var echo = "{\"type\":\"voiceaspire.echo\""u8.ToArray();
        var processes = new Dictionary<string, int> { ["voice-api"] = server.Api.Id, ["gateway"] = server.Gateway!.Id };
        await RampAsync(context, "", server.Direct, echo, processes, figures, cancellationToken);
        await RampAsync(context, "gateway_", server.Through, echo, processes, figures, cancellationToken);
        return figures;
    }

    private static async Task RampAsync(
        BenchmarkContext context, string prefix, LoadTarget target, byte[] echo, Dictionary<string, int> processes, Dictionary<string, double> figures,
        CancellationToken cancellationToken)
    {
        using var run = new LoadRun(context);
        var record = new LatencyRecord();
        var clients = new List<EchoClient>();
        foreach (var level in Levels)
        {
            clients.AddRange(await run.AddAsync(
                level - clients.Count, _ => new EchoClient(RawSocket.Connect(target), echo, context.Time, record), cancellationToken));
            await Task.Delay(Settle, context.Time, cancellationToken);
            await run.Loop.AskAsync(record.Take, cancellationToken);
            await run.MeasureAsync($"{prefix}echo of {level}", Length, processes, cancellationToken);
            var measured = await run.Loop.AskAsync(record.Take, cancellationToken);
            var expected = level * 50 * Length.TotalSeconds;
            if (measured.Count < expected * 0.98 || clients.Any(client => client.Closed is not null))
            {
                throw new BenchmarkException($"{prefix}echo of {level}: {measured.Count} of {expected} frames came back.");
            }

            await context.Progress.WriteLineAsync(
                $"{prefix}echo of {level}: p50 {measured.Percentile(50):0.00} ms, p99 {measured.Percentile(99):0.00}, p99.9 {measured.Percentile(99.9):0.00}");
            figures[$"{prefix}p50_ms_{level}"] = measured.Percentile(50);
            figures[$"{prefix}p99_ms_{level}"] = measured.Percentile(99);
            figures[$"{prefix}p999_ms_{level}"] = measured.Percentile(99.9);
        }

        await run.LeaveAsync(clients, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellationToken);
    }
}
