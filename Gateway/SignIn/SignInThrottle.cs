using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Voice.Gateway.SignIn;

/// <summary>
/// Counts tries at passwords and codes: per account and address, per address, per account. A try is counted before the password is
/// looked at, so parallel tries cannot slip through, and in Redis in one step, so that several gateways count as one. A success gives
/// the pair and the account their tries back. An address that its owner has signed in from is not kept out by what strangers try at the account.
/// </summary>
internal sealed partial class SignInThrottle(IConnectionMultiplexer redis, IOptions<SignInLimits> options, TimeProvider time, ILogger<SignInThrottle> logger)
{
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);

    // KEYS: where it says that the address is known to the account ('' for none), then one key per rule. ARGV: now, the longest lock,
    // how long levels are remembered, all in ms, the number of the rule that a known address is spared (0 for none), then tries and window of each rule.
    private const string BeginScript = """
        local now, longest, remembered, spared = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        if spared > 0 and redis.call('EXISTS', KEYS[1]) == 0 then spared = 0 end
        local wait = 0
        local counters = {}
        for i = 2, #KEYS do
          local n = i - 1
          if n ~= spared then
            local c = redis.call('HMGET', KEYS[i], 'tries', 'until', 'level')
            local tries, ends, level = tonumber(c[1] or '0'), tonumber(c[2] or '0'), tonumber(c[3] or '0')
            local limit, window = tonumber(ARGV[3 + 2 * n]), tonumber(ARGV[4 + 2 * n])
            if tries >= limit and ends > now then wait = math.max(wait, ends - now) end
            counters[n] = {tries, ends, level, limit, window}
          end
        end
        if wait > 0 then return wait end
        for i = 2, #KEYS do
          local c = counters[i - 1]
          if c then
            local tries, ends, level, limit, window = c[1], c[2], c[3], c[4], c[5]
            if ends == 0 then ends = now + window
            elseif ends <= now then
              if tries >= limit then level = level + 1 else level = math.max(level - 1, 0) end
              tries = 0
              ends = now + window
            end
            tries = tries + 1
            if tries >= limit then ends = now + math.max(window, math.min(window * 2 ^ math.min(level, 12), longest)) end
            redis.call('HSET', KEYS[i], 'tries', tries, 'until', string.format('%.0f', ends), 'level', level)
            redis.call('PEXPIRE', KEYS[i], string.format('%.0f', ends - now + remembered))
          end
        end
        return 0
        """;

    private readonly LocalThrottle _local = new();

    /// <returns>Zero, and then the try is counted; otherwise how long to wait.</returns>
    public Task<TimeSpan> BeginSignInAsync(string address, string account, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        return BeginAsync(
            KnownKey(address, account),
            sparedRule: 3,
            [
                new(PairKey(address, account), limits.TriesPerAccountAndAddress, limits.Window),
                new($"{{signin}}:address:{address}", limits.TriesPerAddress, limits.Window),
                new(AccountKey(account), limits.TriesPerAccount, limits.Window),
            ],
            cancellationToken);
    }

    /// <summary>
    /// Answers of providers: counted with the passwords that an address tries. No account is counted, for none can be guessed: who tries
    /// passwords at one does not keep its owner from coming in by a provider.
    /// </summary>
    public Task<TimeSpan> BeginArrivalAsync(string address, CancellationToken cancellationToken) => BeginAsync(
        "{signin}:none", 0, [new($"{{signin}}:address:{address}", options.Value.TriesPerAddress, options.Value.Window)], cancellationToken);

    /// <summary>Codes of a second factor: whoever tries them has the password, and there are only a million.</summary>
    public Task<TimeSpan> BeginCodeAsync(string userId, CancellationToken cancellationToken) => BeginAsync(
        "{signin}:none", 0, [new(CodeKey(userId), options.Value.TriesPerAccountAndAddress, options.Value.Window)], cancellationToken);

    /// <summary>What makes us write mail, or work, for somebody unknown.</summary>
    public Task<TimeSpan> BeginRequestAsync(string address, CancellationToken cancellationToken) => BeginAsync(
        "{signin}:none", 0, [new($"{{signin}}:request:{address}", options.Value.RequestsPerAddress, options.Value.Window)], cancellationToken);

    public async Task SucceededAsync(string address, string account, CancellationToken cancellationToken)
    {
        _local.Forget(PairKey(address, account), AccountKey(account));
        await TryAsync(async db =>
        {
            await db.KeyDeleteAsync([PairKey(address, account), AccountKey(account)]);
            await db.StringSetAsync(KnownKey(address, account), "1", KnownFor);
            return true;
        }, cancellationToken);
    }

    public async Task CodeSucceededAsync(string userId, CancellationToken cancellationToken)
    {
        _local.Forget(CodeKey(userId));
        await TryAsync(db => db.KeyDeleteAsync(CodeKey(userId)), cancellationToken);
    }

    private static string PairKey(string address, string account) => $"{{signin}}:pair:{address}:{account}";

    private static string AccountKey(string account) => $"{{signin}}:account:{account}";

    private static string KnownKey(string address, string account) => $"{{signin}}:known:{address}:{account}";

    private static string CodeKey(string userId) => $"{{signin}}:code:{userId}";

    private async Task<TimeSpan> BeginAsync(string knownKey, int sparedRule, ThrottleRule[] rules, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        RedisValue[] arguments =
        [
            Number(now.ToUnixTimeMilliseconds()), Number(ThrottleRule.LongestLock.TotalMilliseconds), Number(ThrottleRule.RememberedFor.TotalMilliseconds),
            sparedRule, .. rules.SelectMany(rule => new RedisValue[] { rule.Tries, Number(rule.Window.TotalMilliseconds) }),
        ];
        RedisKey[] keys = [knownKey, .. rules.Select(rule => (RedisKey)rule.Key)];
        var wait = await TryAsync(async db => (long?)await db.ScriptEvaluateAsync(BeginScript, keys, arguments), cancellationToken);
        return wait is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : _local.Begin(rules, now);
    }

    /// <returns>The default where Redis is away.</returns>
    private async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> operation, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RedisLimit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await operation(redis.GetDatabase()).WaitAsync(ending.Token);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException || (exception is OperationCanceledException && limit.IsCancellationRequested))
        {
            Log.RedisAway(logger, exception.GetType().Name);
            return default;
        }
    }

    private static RedisValue Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Tries at passwords are counted by this process alone, Redis is away: {Failure}")]
        public static partial void RedisAway(ILogger logger, string failure);
    }
}
