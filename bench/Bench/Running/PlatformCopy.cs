using System.Text.Json;
using Voice.Client;
using Voice.Offline.Servers;

namespace Voice.Bench.Running;

/// <summary>A platform of the benchmark's own: Release build, free ports, state in a temporary folder that goes with it.</summary>
internal sealed class PlatformCopy : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly ChildProcess _process;
    private readonly PortReservation _port;
    private readonly string _data;

    private PlatformCopy(ChildProcess process, PortReservation port, string data) => (_process, _port, _data) = (process, port, data);

    public RealtimeEndpoint Endpoint { get; private set; } = new(new Uri("http://127.0.0.1"), null);

    /// <param name="environment">What every service of the copy gets besides its own, e.g. <c>Engines__Chat__Engine</c>.</param>
    public static async Task<PlatformCopy> StartAsync(
        BenchmarkContext context, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var program = Path.Combine(context.RepositoryRoot, "AppHost", "bin", "Release", "net10.0", "AppHost.dll");
        if (!File.Exists(program))
        {
            throw new BenchmarkException($"{program} is missing.");
        }

        // Not a private folder: where this runs as root, PostgreSQL runs as somebody else.
        var data = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"voice-bench-{Guid.NewGuid():n}")).FullName;
        var port = new PortReservation();
        var process = await ChildProcess.StartAsync(
            new ChildProcessOptions
            {
                FileName = Executables.Require("dotnet", "dotnet"),
                Arguments = [program, "--port", $"{port.Port}", "--data", data],
                Environment = environment,
                WorkingDirectory = context.RepositoryRoot,
                DeathSignal = UnixSignal.Terminate,
            },
            cancellationToken);
        var copy = new PlatformCopy(process, port, data);
        try
        {
            await copy.HealthyAsync(context.Time, cancellationToken);
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The runner stops its services and deletes nothing; the folder is ours.
        await _process.StopAsync(UnixSignal.Terminate, StopLimit);
        await _process.DisposeAsync();
        _port.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task HealthyAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), time);
        while (!TryReadEndpoint())
        {
            if (_process.Exited.IsCompleted || time.GetElapsedTime(started) > StartLimit)
            {
                throw new BenchmarkException("The platform did not become healthy. Its last lines:\n" + string.Join('\n', _process.Tail));
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary><c>run.json</c> <c>{"url","healthy"}</c>, <c>secrets.json</c> <c>{"seed-api-key"}</c>; written while we look.</summary>
    private bool TryReadEndpoint()
    {
        try
        {
            using var run = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_data, "run.json")));
            if (!run.RootElement.TryGetProperty("healthy", out var healthy) || healthy.ValueKind != JsonValueKind.True)
            {
                return false;
            }

            using var secrets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_data, "secrets.json")));
            Endpoint = new(new Uri(run.RootElement.GetProperty("url").GetString()!), secrets.RootElement.GetProperty("seed-api-key").GetString());
            return true;
        }
        catch (Exception unfinished) when (unfinished is IOException or JsonException)
        {
            return false;
        }
    }
}
