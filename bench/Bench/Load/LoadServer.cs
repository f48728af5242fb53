using System.Security.Cryptography;
using Voice.Bench.Running;
using Voice.Offline.Servers;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.Bench.Load;

/// <summary>
/// Voice.Api as it is published, with real PostgreSQL, Redis and Blob Storage and simulated engines in its process; with the gateway before
/// it where that is asked for. The other services have no part in a session's media and are not started.
/// </summary>
internal sealed class LoadServer : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Builds = ["Voice.Api/Voice.Api.csproj", "Gateway/Gateway.csproj"];

    private const string SigningKey = "Auth__SigningKey";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly BenchmarkContext _context;
    private readonly string _folder;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private readonly MemorySigningKeys _keys = new();

    private LoadServer(BenchmarkContext context, string folder) => (_context, _folder) = (context, folder);

    public ServiceProcess Api { get; private set; } = null!;

    public ServiceProcess? Gateway { get; private set; }

    public int Database { get; private set; }

    public int Cache { get; private set; }

    /// <summary>A session with an agent, directly at Voice.Api.</summary>
    public LoadTarget Direct => new(new Uri(Api.Address, "/v1/realtime?agent=receptionist"), Token());

    public LoadTarget Through => new(new Uri(Gateway!.Address, "/v1/realtime?agent=receptionist"), _key);

    public static async Task<LoadServer> StartAsync(
        BenchmarkContext context, IReadOnlyDictionary<string, string?> settings, bool gateway, CancellationToken cancellationToken)
    {
        // Not a private folder: where this runs as root, PostgreSQL runs as somebody else.
        var server = new LoadServer(context, Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"voice-load-{Guid.NewGuid():n}")).FullName);
        try
        {
            await server.StartAsync(settings, gateway, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(IReadOnlyDictionary<string, string?> settings, bool gateway, CancellationToken cancellationToken)
    {
        var database = Kept(await PostgresServer.StartAsync(Path.Combine(_folder, "postgres"), cancellationToken: cancellationToken));
        var cache = Kept(await RedisServer.StartAsync(Path.Combine(_folder, "redis"), cancellationToken: cancellationToken));
        var blobs = Kept(await AzuriteServer.StartAsync(Path.Combine(_folder, "blobs"), cancellationToken: cancellationToken));
        await database.CreateDatabaseAsync("voicedb", cancellationToken);
        (Database, Cache) = (database.ProcessId, cache.ProcessId);
        var environment = new Dictionary<string, string?>
        {
            [SigningKey] = _key,
            ["Auth__TrustedKeys__gateway"] = _keys.Published.ToJson(),
            ["ConnectionStrings__voicedb"] = database.ConnectionStringFor("voicedb"),
            ["ConnectionStrings__cache"] = cache.ConnectionString,
            ["ConnectionStrings__blobs"] = blobs.ConnectionString,
            ["Inference__Engine"] = "simulated",
            ["Sessions__Record"] = "false",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var gatewayPort = gateway ? new PortReservation() : null;
        if (gatewayPort is not null)
        {
            environment["services__gateway__http__0"] = $"http://127.0.0.1:{gatewayPort.Port}";
        }

        Api = Kept(await ServiceProcess.StartAsync(_context, "Voice.Api", environment, StartLimit, StopLimit, cancellationToken));
        if (gateway)
        {
            environment["Seed__AdminPassword"] = environment["Seed__ApiKey"] = _key;
            foreach (var service in new[] { "voice-api", "inference-worker", "safety-worker", "export-worker", "web" })
            {
                environment[$"services__{service}__http__0"] = Api.Address.ToString();
            }

            Gateway = Kept(await ServiceProcess.StartAsync(_context, "Gateway", environment, StartLimit, StopLimit, cancellationToken, gatewayPort));
        }
    }

    private TPart Kept<TPart>(TPart part)
        where TPart : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>What the gateway would give Voice.Api.</summary>
    private string Token() => new IdentityTokens(_keys, ServiceNames.Gateway, _context.Time)
        .Issue(new Caller("org_default", "key_load", "api_key", "load") { Scopes = ScopeSet.Everything }, ServiceNames.VoiceApi, TimeSpan.FromHours(1));
}
