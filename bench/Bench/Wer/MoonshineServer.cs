using System.Diagnostics;
using Voice.Bench.Running;

namespace Voice.Bench.Wer;

/// <summary><c>samples/moonshine</c> on a free port: the other engine that can be had here.</summary>
internal sealed class MoonshineServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private MoonshineServer(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>The worker's settings for it, as a provider of this name.</summary>
    public Dictionary<string, string> Settings(string name) => new()
    {
        [$"Providers__{name}__Kind"] = "openai-compatible",
        [$"Providers__{name}__BaseUrl"] = Address,
        [$"Providers__{name}__Options__Serves"] = "transcription",
        [$"Providers__{name}__Options__TranscriptionModel"] = "moonshine-tiny",
    };

    public static async Task<MoonshineServer> StartAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(context.RepositoryRoot, "samples", "moonshine");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new BenchmarkException("samples/moonshine is not installed: (cd samples/moonshine && npm ci --ignore-scripts).");
        }

        var process = Process.Start(new ProcessStartInfo("node", ["server.mjs", "0"]) { RedirectStandardOutput = true, WorkingDirectory = folder })
            ?? throw new BenchmarkException("node does not start.");
        try
        {
            using var limit = new CancellationTokenSource(StartLimit, context.Time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            // moonshine-tiny at http://127.0.0.1:8090/v1
            var line = await process.StandardOutput.ReadLineAsync(stop.Token) ?? throw new BenchmarkException("The Moonshine server ended while it started.");
            return new MoonshineServer(process, line.Split(' ')[^1]);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>MB of its own: one process for all calls.</summary>
    public double Memory()
    {
        var pss = File.ReadLines($"/proc/{_process.Id}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(pss.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
