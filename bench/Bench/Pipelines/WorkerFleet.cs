using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Voice.Bench.Load;
using Voice.Bench.Running;
using Voice.Offline.Servers;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.Bench.Pipelines;

/// <summary>Inference workers from their Release build on one database and one Blob Storage, one of which can be killed and started again.</summary>
internal sealed class WorkerFleet : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    // One for all, as replicas have: what one sealed another opens.
    private readonly string _signingKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    private readonly BenchmarkContext _context;
    private readonly string _folder;
    private readonly PostgresServer _postgres;
    private readonly AzuriteServer _blobs;
    private readonly MemorySigningKeys _keys = new();
    private readonly List<ServiceProcess> _workers = [];

    private WorkerFleet(BenchmarkContext context, string folder, PostgresServer postgres, AzuriteServer blobs) =>
        (_context, _folder, _postgres, _blobs) = (context, folder, postgres, blobs);

    public string ConnectionString => _postgres.ConnectionStringFor("voicedb");

    public static async Task<WorkerFleet> StartAsync(BenchmarkContext context, int workers, CancellationToken cancellationToken)
    {
        // Not a private folder: where this runs as root, PostgreSQL runs as somebody else.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"voice-pipelines-{Guid.NewGuid():n}")).FullName;
        var postgres = await PostgresServer.StartAsync(Path.Combine(folder, "postgres"), cancellationToken: cancellationToken);
        await postgres.CreateDatabaseAsync("voicedb", cancellationToken);
        var blobs = await AzuriteServer.StartAsync(Path.Combine(folder, "azurite"), cancellationToken: cancellationToken);
        var fleet = new WorkerFleet(context, folder, postgres, blobs);
        for (var i = 0; i < workers; i++)
        {
            fleet._workers.Add(await fleet.StartWorkerAsync(cancellationToken));
        }

        return fleet;
    }

    public HttpClient Client(int worker)
    {
        var tokens = new IdentityTokens(_keys, ServiceNames.Gateway, _context.Time);
        var client = new HttpClient { BaseAddress = _workers[worker].Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", tokens.Issue(new Caller("org_bench", "bench", "service", "bench") { Scopes = ScopeSet.Everything }, ServiceNames.Inference, TimeSpan.FromHours(2)));
        return client;
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task ReplaceAsync(int worker, CancellationToken cancellationToken)
    {
        using (var process = Process.GetProcessById(_workers[worker].Id))
        {
            process.Kill();
            await process.WaitForExitAsync(cancellationToken);
        }

        await _workers[worker].DisposeAsync();
        _workers[worker] = await StartWorkerAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await _blobs.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<ServiceProcess> StartWorkerAsync(CancellationToken cancellationToken) => ServiceProcess.StartAsync(
        _context, "Inference.Worker",
        new Dictionary<string, string?>
        {
            ["Auth__SigningKey"] = _signingKey,
            ["Auth__TrustedKeys__gateway"] = _keys.Published.ToJson(),
            ["Auth__TrustedKeys__voice-api"] = _keys.Published.ToJson(),
            ["ConnectionStrings__voicedb"] = ConnectionString,
            ["ConnectionStrings__blobs"] = _blobs.ConnectionString,
            ["Engines__Decoders__Warm"] = "0",
            ["Pipelines__Lease"] = "00:00:03",
            ["Pipelines__Http__AllowHttp"] = "true",
            ["Pipelines__Http__AllowPrivateAddresses"] = "true",
            ["Logging__LogLevel__Default"] = "Warning",
        },
        StartLimit, StopLimit, cancellationToken);
}
