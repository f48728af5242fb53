using Microsoft.Extensions.Options;

namespace Voice.Gateway.SignIn;

/// <summary>
/// Counts tries at passwords in fixed windows: per account and address, per address, per account. A try is counted before the password
/// is looked at, so parallel tries cannot slip through; a success gives the pair its tries back. Kept in memory: each gateway
/// process counts for itself.
/// </summary>
internal sealed class SignInThrottle(IOptions<SignInLimits> options, TimeProvider time)
{
    /// <summary>Windows remembered at most. When full, the oldest is forgotten, which only ever helps whoever it counted against.</summary>
    private const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>False when one of the limits is reached: then nothing was counted and <paramref name="retryAfter"/> says when to come back.</summary>
    public bool TryBegin(string address, string account, out TimeSpan retryAfter)
    {
        var limits = options.Value;
        (string Key, int Limit)[] counted =
        [
            (PairKey(address, account), limits.TriesPerAccountAndAddress),
            ($"address {address}", limits.TriesPerAddress),
            ($"account {account}", limits.TriesPerAccount),
        ];
        lock (_gate)
        {
            var now = time.GetUtcNow();
            retryAfter = counted.Max(c => Wait(c.Key, c.Limit, now));
            if (retryAfter > TimeSpan.Zero)
            {
                return false;
            }

            foreach (var (key, _) in counted)
            {
                Count(key, now);
            }

            return true;
        }
    }

    public void Succeeded(string address, string account)
    {
        lock (_gate)
        {
            _windows.Remove(PairKey(address, account));
        }
    }

    private static string PairKey(string address, string account) => $"pair {address} {account}";

    private TimeSpan Wait(string key, int limit, DateTimeOffset now) =>
        _windows.TryGetValue(key, out var window) && window.Tries >= limit && window.EndsAt > now ? window.EndsAt - now : TimeSpan.Zero;

    private void Count(string key, DateTimeOffset now)
    {
        if (_windows.TryGetValue(key, out var window) && window.EndsAt > now)
        {
            window.Tries++;
            return;
        }

        if (_windows.Count >= Capacity)
        {
            MakeRoom(now);
        }

        _windows[key] = new Window { EndsAt = now + options.Value.Window, Tries = 1 };
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var key in _windows.Where(w => w.Value.EndsAt <= now).Select(w => w.Key).ToList())
        {
            _windows.Remove(key);
        }

        if (_windows.Count >= Capacity)
        {
            // A tenth at once: this scan is not repeated for every try of a flood.
            foreach (var key in _windows.OrderBy(w => w.Value.EndsAt).Take(Capacity / 10).Select(w => w.Key).ToList())
            {
                _windows.Remove(key);
            }
        }
    }

    private sealed class Window
    {
        public required DateTimeOffset EndsAt { get; init; }

        public int Tries { get; set; }
    }
}
