using System.Security.Cryptography;
using Voice.Offline.Servers;

namespace Voice.Api.Tests.Support;

/// <summary>PostgreSQL, Redis and Azurite of one test class's own, to be stopped and started. While one is away its port is nobody else's.</summary>
public sealed class OwnServers : IAsyncDisposable
{
    private readonly PortReservation[] _ports = [new(), new(), new()];
    private readonly string[] _folders = [BackingServers.NewFolder("postgres"), BackingServers.NewFolder("redis"), BackingServers.NewFolder("azurite")];
    private readonly IAsyncDisposable?[] _running = new IAsyncDisposable?[3];
    private readonly ProcessFamily?[] _frozen = new ProcessFamily?[3];
    private readonly string _cachePassword = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The one that was started last.</summary>
    public PostgresServer Postgres { get; private set; } = null!;

    public string CacheConnectionString { get; private set; } = "";

    public string BlobsConnectionString { get; private set; } = "";

    public Task StartAsync() => Task.WhenAll(Enum.GetValues<BackingStore>().Select(StartAsync));

    /// <summary>With the data it had; Redis keeps none. One that is frozen goes on.</summary>
    public async Task StartAsync(BackingStore store)
    {
        Thaw(store);
        if (_running[(int)store] is null)
        {
            _running[(int)store] = await (store switch
            {
                BackingStore.Database => StartPostgresAsync(),
                BackingStore.Cache => StartRedisAsync(),
                _ => StartAzuriteAsync(),
            }).OrTimeout();
        }
    }

    /// <summary>Ends it, with every connection to it.</summary>
    public async Task StopAsync(BackingStore store)
    {
        if (_running[(int)store] is { } server)
        {
            _running[(int)store] = null;
            await server.DisposeAsync().AsTask().OrTimeout();
        }
    }

    /// <summary>Its processes do not run, as on a machine that hangs: what is sent to it is taken, and nothing is answered.</summary>
    public void Freeze(BackingStore store) => _frozen[(int)store] = ProcessFamily.Freeze(ProcessIdOf(store));

    public void Thaw(BackingStore store)
    {
        _frozen[(int)store]?.Signal(UnixSignal.Continue);
        _frozen[(int)store] = null;
    }

    public async Task KillAsync(BackingStore store)
    {
        var family = ProcessFamily.Freeze(ProcessIdOf(store));
        family.Signal(UnixSignal.Kill);
        // A server that is started while one of them is left finds its memory in use.
        await family.GoneAsync();
        await StopAsync(store);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in Enum.GetValues<BackingStore>())
        {
            Thaw(store);
            await StopAsync(store);
            _ports[(int)store].Dispose();
        }
    }

    private int ProcessIdOf(BackingStore store) => _running[(int)store] switch
    {
        PostgresServer postgres => postgres.ProcessId,
        RedisServer redis => redis.ProcessId,
        var other => throw new InvalidOperationException($"{store} is {(other is null ? "not running" : "run by a process that nobody asks for")}."),
    };

    private async Task<IAsyncDisposable> StartPostgresAsync() =>
        Postgres = await PostgresServer.StartAsync(_folders[0], _ports[0].Port, new PostgresOptions { MaxConnections = 100 });

    private async Task<IAsyncDisposable> StartRedisAsync()
    {
        var redis = await RedisServer.StartAsync(_folders[1], _ports[1].Port, _cachePassword);
        CacheConnectionString = redis.ConnectionString;
        return redis;
    }

    private async Task<IAsyncDisposable> StartAzuriteAsync()
    {
        var azurite = await AzuriteServer.StartAsync(_folders[2], _ports[2].Port);
        BlobsConnectionString = azurite.ConnectionString;
        return azurite;
    }
}
