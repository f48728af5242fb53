using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Voice.Gateway.Limits;

/// <summary>
/// Conversations at the same time: each holds a lease that its gateway renews, so that those of a gateway that died count no longer than a lease.
/// While Redis is away each gateway lets in its share; what it holds is known to Redis again with the next renewal.
/// </summary>
internal sealed class SessionLeases(
    IConnectionMultiplexer redis, IOptions<LimitOptions> options, GatewayCount gateways, TimeProvider time)
{
    private const string AcquireScript = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        for i = 1, #KEYS do
          redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
          if redis.call('ZCARD', KEYS[i]) >= tonumber(ARGV[2 + i]) then return i end
        end
        for i = 1, #KEYS do
          redis.call('ZADD', KEYS[i], now + ARGV[2], ARGV[1])
          redis.call('PEXPIRE', KEYS[i], 2 * ARGV[2])
        end
        return 0
        """;

    // KEYS[i] belongs to ARGV[1 + i]: one lease is in as many sets as it has limits.
    private const string RenewScript = """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        for i = 1, #KEYS do
          redis.call('ZADD', KEYS[i], now + ARGV[1], ARGV[1 + i])
          redis.call('PEXPIRE', KEYS[i], 2 * ARGV[1])
        end
        return 0
        """;

    private const int RenewedAtOnce = 500;

    private readonly ConcurrentDictionary<SessionLease, byte> _held = new();

    /// <summary>The lease, or the limit that refuses it.</summary>
    public async Task<(SessionLease? Lease, SessionLimit? RefusedBy)> AcquireAsync(IReadOnlyList<SessionLimit> limits)
    {
        var lease = new SessionLease(Guid.NewGuid().ToString("n"), limits);
        SessionLimit? refusedBy;
        try
        {
            RedisValue[] arguments = [lease.Id, (long)options.Value.SessionLease.TotalMilliseconds, .. limits.Select(limit => (RedisValue)limit.Count)];
            var asked = redis.GetDatabase().ScriptEvaluateAsync(AcquireScript, [.. limits.Select(limit => (RedisKey)limit.Key)], arguments);
            var answer = (int)await asked.WaitAsync(options.Value.Patience, time);
            refusedBy = answer == 0 ? null : limits[answer - 1];
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            refusedBy = limits.FirstOrDefault(limit => _held.Keys.Count(held => held.Limits.Any(one => one.Key == limit.Key)) >= Math.Max(1, limit.Count / gateways.Value));
        }

        if (refusedBy is not null)
        {
            return (null, refusedBy);
        }

        _held[lease] = 0;
        return (lease, null);
    }

    public async Task ReleaseAsync(SessionLease lease)
    {
        _held.TryRemove(lease, out _);
        try
        {
            await Task.WhenAll(lease.Limits.Select(limit => redis.GetDatabase().SortedSetRemoveAsync(limit.Key, lease.Id))).WaitAsync(options.Value.Patience, time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // It runs out by itself.
        }
    }

    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        foreach (var part in _held.Keys.SelectMany(lease => lease.Limits.Select(limit => (limit.Key, lease.Id))).Chunk(RenewedAtOnce))
        {
            RedisValue[] arguments = [(long)options.Value.SessionLease.TotalMilliseconds, .. part.Select(one => (RedisValue)one.Id)];
            await redis.GetDatabase().ScriptEvaluateAsync(RenewScript, [.. part.Select(one => (RedisKey)one.Key)], arguments)
                .WaitAsync(options.Value.Patience, time, cancellationToken);
        }
    }
}

/// <summary>A place among the sessions of an organization, and of a key.</summary>
internal sealed record SessionLease(string Id, IReadOnlyList<SessionLimit> Limits);

/// <param name="Name">What the error calls it.</param>
internal sealed record SessionLimit(string Name, string Key, int Count);
