using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using StackExchange.Redis;

namespace Voice.Gateway.ApiKeys;

/// <summary>
/// Finds keys by their hash. An answer is kept for <see cref="KeptFor"/>; a change is told to all gateways at once, and where that message
/// is lost, felt within that time.
/// </summary>
internal sealed partial class ApiKeyDirectory(NpgsqlDataSource database, IConnectionMultiplexer redis, TimeProvider time, ILogger<ApiKeyDirectory> logger) : IHostedService
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <summary>Unknown keys are remembered too; a flood of different ones empties the memory instead of filling it.</summary>
    private const int Capacity = 10_000;

    private static readonly RedisChannel Changed = new("auth:key-changed", RedisChannel.PatternMode.Literal);
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<ApiKeyRecord?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!ApiKeySecret.MayBeGood(key))
        {
            return null;
        }

        var hash = ApiKeyCredential.Hash(key);
        var name = Convert.ToHexString(hash);
        if (_entries.TryGetValue(name, out var entry) && time.GetElapsedTime(entry.ReadAt) < KeptFor)
        {
            return entry.Record;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var record = await connection.QuerySingleOrDefaultAsync<ApiKeyRecord>(new CommandDefinition(
            """
            select id as Id, organization_id as OrganizationId, name as Name, expires_at as ExpiresAt, revoked_at as RevokedAt, scopes as Scopes,
                   origins as Origins, networks as Networks, case when previous_sha256 = @hash then previous_until end as SecretUntil
            from identity.api_keys where key_sha256 = @hash or previous_sha256 = @hash
            """,
            new { hash },
            cancellationToken: cancellationToken));
        if (_entries.Count >= Capacity)
        {
            _entries.Clear();
        }

        _entries[name] = new Entry(record, time.GetTimestamp());
        return record;
    }

    /// <summary>After a change: every gateway looks again.</summary>
    public async Task ForgetAsync(string keyId)
    {
        Forget(keyId);
        try
        {
            await redis.GetSubscriber().PublishAsync(Changed, keyId).WaitAsync(RedisLimit, TimeProvider.System);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NotTold(logger, exception.GetType().Name);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(Changed, (_, id) => Forget(id)).WaitAsync(RedisLimit, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NotTold(logger, exception.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Forget(string? keyId)
    {
        foreach (var (name, _) in _entries.Where(entry => entry.Value.Record?.Id == keyId).ToList())
        {
            _entries.TryRemove(name, out _);
        }
    }

    private sealed record Entry(ApiKeyRecord? Record, long ReadAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Changes of API keys are felt within seconds instead of at once: {Failure}")]
        public static partial void NotTold(ILogger logger, string failure);
    }
}
