using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Voice.Gateway.Sessions;

/// <summary>
/// Sign-in sessions in Redis: a hash <c>auth:session:{id}</c> each, and a set <c>auth:user-sessions:{user}</c> of what a user has. Keys
/// expire by themselves; the times inside decide. Each command touches one key, so it works on a cluster.
/// </summary>
internal sealed class SessionStore(IConnectionMultiplexer redis, IOptions<SignInSessionOptions> options, TimeProvider time)
{
    private const string Fields = "'user', 'org', 'device', 'address', 'method', 'started', 'seen', 'ends', 'proven'";

    // Slides at most once a minute: a page with twenty requests is one write.
    private const int SlideEveryMs = 60_000;

    private const string TouchScript = $$"""
        local r = redis.call('HMGET', KEYS[1], {{Fields}})
        if not r[1] then return {} end
        local now, idle = tonumber(ARGV[1]), tonumber(ARGV[2])
        local seen, ends = tonumber(r[7]), tonumber(r[8])
        if now >= ends or now >= seen + idle then
          redis.call('DEL', KEYS[1])
          return {}
        end
        if now - seen >= tonumber(ARGV[3]) then
          redis.call('HSET', KEYS[1], 'seen', ARGV[1])
          redis.call('PEXPIRE', KEYS[1], math.min(idle, ends - now))
          r[7] = ARGV[1]
        end
        return r
        """;

    private const string StartScript = """
        redis.call('HMSET', KEYS[1], unpack(ARGV, 2))
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        """;

    // Only where it is still there: a revoked session must not come back as a hash of one field.
    private const string SetScript = """
        if redis.call('HGET', KEYS[1], 'user') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
        return 1
        """;

    private IDatabase Database => redis.GetDatabase();

    public async Task StartAsync(SignInSession session)
    {
        var limits = options.Value;
        // The index first: a session that nobody can list could not be revoked by its user.
        await Database.SetAddAsync(IndexKey(session.UserId), session.Id);
        await Database.KeyExpireAsync(IndexKey(session.UserId), limits.Absolute + TimeSpan.FromDays(1));
        await Database.ScriptEvaluateAsync(StartScript, [Key(session.Id)],
        [
            Text(Math.Min(limits.Idle.TotalMilliseconds, limits.Absolute.TotalMilliseconds)),
            "user", session.UserId, "org", session.OrganizationId, "device", session.Device, "address", session.Address, "method", session.Method,
            "started", Text(session.StartedAt), "seen", Text(session.SeenAt), "ends", Text(session.EndsAt), "proven", Text(session.ProvenAt),
        ]);
    }

    /// <summary>The session, kept alive by the asking.</summary>
    public async Task<SignInSession?> TouchAsync(string id)
    {
        var answer = await Database.ScriptEvaluateAsync(
            TouchScript, [Key(id)], [Text(time.GetUtcNow()), Text(options.Value.Idle.TotalMilliseconds), SlideEveryMs]);
        return Read(id, (RedisValue[]?)answer ?? []);
    }

    public async Task<IReadOnlyList<SignInSession>> ListAsync(string userId)
    {
        var ids = await Database.SetMembersAsync(IndexKey(userId));
        var sessions = new List<SignInSession>();
        foreach (var (id, reading) in ids.Select(id => ((string)id!, Database.HashGetAsync(
            Key(id!), ["user", "org", "device", "address", "method", "started", "seen", "ends", "proven"]))).ToList())
        {
            var session = Read(id, await reading);
            if (session is not null && session.EndsAt > time.GetUtcNow() && session.SeenAt + options.Value.Idle > time.GetUtcNow())
            {
                sessions.Add(session);
            }
            else
            {
                await Database.SetRemoveAsync(IndexKey(userId), id);
            }
        }

        return [.. sessions.OrderByDescending(session => session.SeenAt).ThenByDescending(session => session.Id, StringComparer.Ordinal)];
    }

    public async Task<bool> RemoveAsync(string userId, string id)
    {
        var owner = await Database.HashGetAsync(Key(id), "user");
        if (owner != userId || !await Database.KeyDeleteAsync(Key(id)))
        {
            return false;
        }

        await Database.SetRemoveAsync(IndexKey(userId), id);
        return true;
    }

    public Task<bool> SwitchAsync(string userId, string id, string organizationId) => SetAsync(userId, id, "org", organizationId);

    public Task<bool> ProveAsync(string userId, string id) => SetAsync(userId, id, "proven", Text(time.GetUtcNow()));

    private async Task<bool> SetAsync(string userId, string id, string field, string value) =>
        (int)await Database.ScriptEvaluateAsync(SetScript, [Key(id)], [userId, field, value]) == 1;

    private static SignInSession? Read(string id, RedisValue[] values) =>
        values is [{ IsNull: false } user, var organization, var device, var address, var method, var started, var seen, { IsNull: false } ends, var proven]
            ? new SignInSession(id, user!, organization!, device!, address!, method!, Time(started), Time(seen), Time(ends), Time(proven))
            : null;

    private static RedisKey Key(string id) => $"auth:session:{id}";

    private static RedisKey IndexKey(string userId) => $"auth:user-sessions:{userId}";

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Text(double milliseconds) => ((long)milliseconds).ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(RedisValue value) => DateTimeOffset.FromUnixTimeMilliseconds((long)value);
}
