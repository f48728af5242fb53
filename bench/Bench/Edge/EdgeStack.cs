using System.Security.Cryptography;
using Voice.Bench.Load;
using Voice.Bench.Running;
using Voice.Offline.Servers;

namespace Voice.Bench.Edge;

/// <summary>Gateways from their Release build with PostgreSQL and Redis of their own, before an upstream that a benchmark gives.</summary>
internal sealed class EdgeStack : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Builds = ["Gateway/Gateway.csproj"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly Stack<IAsyncDisposable> _parts = new();

    private Dictionary<string, string?>? _environment;

    private EdgeStack(string folder) => Folder = folder;

    public string Folder { get; }

    public string Key { get; } = "va_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public List<ServiceProcess> Gateways { get; } = [];

    public int Cache { get; private set; }

    public static EdgeStack Create() =>
        // Not a private folder: where this runs as root, PostgreSQL runs as somebody else.
        new(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"voice-edge-{Guid.NewGuid():n}")).FullName);

    public TPart Kept<TPart>(TPart part)
        where TPart : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    public async Task StartAsync(
        BenchmarkContext context, Uri upstream, int gateways, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var database = Kept(await PostgresServer.StartAsync(Path.Combine(Folder, "postgres"), cancellationToken: cancellationToken));
        var cache = Kept(await RedisServer.StartAsync(Path.Combine(Folder, "redis"), cancellationToken: cancellationToken));
        Cache = cache.ProcessId;
        await database.CreateDatabaseAsync("voicedb", cancellationToken);
        var environment = new Dictionary<string, string?>
        {
            ["Auth__SigningKey"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)),
            ["ConnectionStrings__voicedb"] = database.ConnectionStringFor("voicedb"),
            ["ConnectionStrings__cache"] = cache.ConnectionString,
            ["Seed__AdminPassword"] = Key,
            ["Seed__ApiKey"] = Key,
        };
        foreach (var service in new[] { "voice-api", "inference-worker", "safety-worker", "export-worker", "web" })
        {
            environment[$"services__{service}__http__0"] = upstream.ToString();
        }

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        for (var i = 0; i < gateways; i++)
        {
            Gateways.Add(Kept(await ServiceProcess.StartAsync(context, "Gateway", environment, StartLimit, StopLimit, cancellationToken)));
        }

        _environment = environment;
    }

    /// <summary>One more gateway beside those that run, where the command line asks for it: of another build (<c>--beside</c>), or with other settings (<c>--beside-env</c>).</summary>
    public async Task StartBesideAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var (build, settings) = (context.Options.GetValueOrDefault("beside"), context.Options.GetValueOrDefault("beside-env"));
        if (build is null && settings is null)
        {
            return;
        }

        var environment = new Dictionary<string, string?>(_environment!);
        foreach (var setting in (settings ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = setting.Split('=', 2);
            environment[parts[0]] = parts.ElementAtOrDefault(1);
        }

        build ??= Path.Combine(context.RepositoryRoot, "Gateway", "bin", "Release", "net10.0");
        Gateways.Add(Kept(await ServiceProcess.StartAsync(context, [Path.Combine(build, "Gateway.dll")], environment, StartLimit, StopLimit, cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
