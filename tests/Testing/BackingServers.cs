using Voice.Offline.Servers;

namespace Voice.Testing;

/// <summary>
/// PostgreSQL, Redis and Azurite for the tests of one process: started by the first test that asks, shared by all, ended with the
/// process by the system. A test that kills or restarts a server starts its own.
/// </summary>
public static class BackingServers
{
    private const string Prefix = "voice-tests-";

    private static readonly Lazy<string> Root = new(CreateRoot);
    private static readonly Lazy<Task<PostgresServer>> StartedPostgres = new(
        () => PostgresServer.StartAsync(NewFolder("postgres"), options: new PostgresOptions { Durable = false, MaxConnections = 400 }));
    private static readonly Lazy<Task<RedisServer>> StartedRedis = new(() => RedisServer.StartAsync(NewFolder("redis")));
    private static readonly Lazy<Task<AzuriteServer>> StartedAzurite = new(() => AzuriteServer.StartAsync(NewFolder("azurite")));

    public static Task<PostgresServer> PostgresAsync() => StartedPostgres.Value;

    public static Task<RedisServer> RedisAsync() => StartedRedis.Value;

    /// <summary>A database of a test's own in the Redis that all share: for what counts by something that is the same everywhere, such as an address.</summary>
    public static async Task<string> NewRedisDatabaseAsync() =>
        $"{(await RedisAsync()).ConnectionString},defaultDatabase={Interlocked.Increment(ref _redisDatabases)}";

    /// <summary>Containers are shared by all tests: name blobs by an organization or session of the test's own.</summary>
    public static Task<AzuriteServer> AzuriteAsync() => StartedAzurite.Value;

    /// <summary>For a server of a test's own. Deleted after the process has ended, by the next one.</summary>
    public static string NewFolder(string name) => Path.Combine(Root.Value, $"{name}-{Guid.NewGuid():n}");

    private static int _redisDatabases;

    private static string CreateRoot()
    {
        foreach (var stale in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(IsStale))
        {
            try
            {
                Directory.Delete(stale, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process sweeps it too, or it is another user's.
                Console.Error.WriteLine($"{stale} is left behind: {exception.Message}");
            }
        }

        // Not a private folder: where tests run as root, PostgreSQL runs as somebody else.
        return Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():n}")).FullName;
    }

    private static bool IsStale(string folder) =>
        int.TryParse(Path.GetFileName(folder)[Prefix.Length..].Split('-')[0], out var process) && !Directory.Exists($"/proc/{process}");
}
