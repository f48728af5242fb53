using Voice.Bench.Running;
using Voice.Offline.Servers;

namespace Voice.Bench.Load;

/// <summary>A service of the platform from its Release build, on a free port.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly PortReservation _port;
    private readonly TimeSpan _stopLimit;

    private ServiceProcess(ChildProcess process, PortReservation port, TimeSpan stopLimit) => (_process, _port, _stopLimit) = (process, port, stopLimit);

    public int Id => _process.Id;

    public Uri Address => new($"http://127.0.0.1:{_port.Port}");

    public IReadOnlyList<string> Tail => _process.Tail;

    public static Task<ServiceProcess> StartAsync(
        BenchmarkContext context, string project, IReadOnlyDictionary<string, string?> environment, TimeSpan startLimit, TimeSpan stopLimit, CancellationToken cancellationToken,
        PortReservation? port = null) =>
        StartAsync(context, [Path.Combine(context.RepositoryRoot, project, "bin", "Release", "net10.0", $"{project}.dll")], environment, startLimit, stopLimit, cancellationToken, port);

    public static async Task<ServiceProcess> StartAsync(
        BenchmarkContext context, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, TimeSpan startLimit, TimeSpan stopLimit,
        CancellationToken cancellationToken, PortReservation? port = null)
    {
        port ??= new PortReservation();
        var process = await ChildProcess.StartAsync(
            new ChildProcessOptions
            {
                FileName = Executables.Require("dotnet", "dotnet"),
                Arguments = arguments,
                Environment = new Dictionary<string, string?>(environment) { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port.Port}" },
                WorkingDirectory = Path.GetDirectoryName(arguments[0])!,
            },
            cancellationToken);
        var service = new ServiceProcess(process, port, stopLimit);
        try
        {
            await service.HealthyAsync(context.Time, startLimit, cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(UnixSignal.Terminate, _stopLimit);
        await _process.DisposeAsync();
        _port.Dispose();
    }

    private async Task HealthyAsync(TimeProvider time, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), time);
        var started = time.GetTimestamp();
        while (!await AnswersAsync(client, cancellationToken))
        {
            if (_process.Exited.IsCompleted || time.GetElapsedTime(started) > limit)
            {
                throw new BenchmarkException("A service did not become healthy. Its last lines:\n" + string.Join('\n', _process.Tail));
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            // /alive and not /health: behind this gateway some services are missing, on purpose.
            using var response = await client.GetAsync(new Uri(Address, "/alive"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
