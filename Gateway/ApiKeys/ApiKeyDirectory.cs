using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using StackExchange.Redis;
using Voice.Gateway.Accounts;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Identity;

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

    private readonly ConcurrentDictionary<KeyHash, Entry> _entries = new();
    private readonly ConcurrentDictionary<string, (ApiKeyRecord? Record, long ReadAt)> _byId = new(StringComparer.Ordinal);

    /// <summary>Null for a key that nobody has. The principal is one object for all requests with the key: nobody may change it.</summary>
    public ValueTask<KnownApiKey?> FindAsync(string key, CancellationToken cancellationToken)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        ApiKeyCredential.Hash(key, hash);
        return _entries.TryGetValue(KeyHash.Of(hash), out var entry) && time.GetElapsedTime(entry.ReadAt) < KeptFor ? new(entry.Key)
            : ApiKeySecret.MayBeGood(key) ? new(ReadAsync(hash.ToArray(), cancellationToken))
            : default;
    }

    private async Task<KnownApiKey?> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
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

        var known = record is null ? null : new KnownApiKey(record, GatewayCallers.Of(record).ToPrincipal(GatewaySchemes.ApiKey));
        _entries[KeyHash.Of(hash)] = new Entry(known, time.GetTimestamp());
        return known;
    }

    /// <summary>A key by its id: for what it has made. Null where there is none.</summary>
    public async ValueTask<ApiKeyRecord?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        if (_byId.TryGetValue(id, out var known) && time.GetElapsedTime(known.ReadAt) < KeptFor)
        {
            return known.Record;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var record = await connection.QuerySingleOrDefaultAsync<ApiKeyRecord>(new CommandDefinition(
            """
            select id as Id, organization_id as OrganizationId, name as Name, expires_at as ExpiresAt, revoked_at as RevokedAt, scopes as Scopes,
                   origins as Origins, networks as Networks
            from identity.api_keys where id = @id
            """,
            new { id },
            cancellationToken: cancellationToken));
        if (_byId.Count >= Capacity)
        {
            _byId.Clear();
        }

        _byId[id] = (record, time.GetTimestamp());
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
        if (keyId is not null)
        {
            _byId.TryRemove(keyId, out _);
        }

        foreach (var (name, _) in _entries.Where(entry => entry.Value.Key?.Record.Id == keyId).ToList())
        {
            _entries.TryRemove(name, out _);
        }
    }

    private sealed record Entry(KnownApiKey? Key, long ReadAt);

    /// <summary>The 32 bytes of a hash, as a key that compares without being an object.</summary>
    private readonly record struct KeyHash(UInt128 First, UInt128 Second)
    {
        public static KeyHash Of(ReadOnlySpan<byte> hash) => new(BinaryPrimitives.ReadUInt128LittleEndian(hash), BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Changes of API keys are felt within seconds instead of at once: {Failure}")]
        public static partial void NotTold(ILogger logger, string failure);
    }
}
