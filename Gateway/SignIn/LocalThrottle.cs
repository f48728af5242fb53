namespace Voice.Gateway.SignIn;

/// <summary>
/// The rules of <see cref="SignInThrottle"/> in the memory of this process, for the time that Redis is away. Each gateway counts for
/// itself then: with two of them an attacker has twice the tries, not none and not all.
/// </summary>
internal sealed class LocalThrottle
{
    /// <summary>Counters remembered at most. When full, the oldest are forgotten, which only ever helps whoever they counted against.</summary>
    private const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    /// <returns>Zero, and then the try is counted; otherwise how long to wait.</returns>
    public TimeSpan Begin(IReadOnlyList<ThrottleRule> rules, DateTimeOffset now)
    {
        lock (_gate)
        {
            var wait = rules.Max(rule => _counters.TryGetValue(rule.Key, out var c) && c.Tries >= rule.Tries && c.Until > now ? c.Until - now : TimeSpan.Zero);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            foreach (var rule in rules)
            {
                Count(rule, now);
            }

            return TimeSpan.Zero;
        }
    }

    public void Forget(params IEnumerable<string> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                _counters.Remove(key);
            }
        }
    }

    // The same steps as the script of SignInThrottle.
    private void Count(ThrottleRule rule, DateTimeOffset now)
    {
        if (!_counters.TryGetValue(rule.Key, out var counter) || counter.Until + ThrottleRule.RememberedFor <= now)
        {
            MakeRoom(now);
            _counters[rule.Key] = counter = new Counter { Until = now + rule.Window };
        }
        else if (counter.Until <= now)
        {
            counter.Level = counter.Tries >= rule.Tries ? counter.Level + 1 : Math.Max(counter.Level - 1, 0);
            counter.Tries = 0;
            counter.Until = now + rule.Window;
        }

        counter.Tries++;
        if (counter.Tries >= rule.Tries)
        {
            counter.Until = now + rule.LockAt(counter.Level);
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_counters.Count < Capacity)
        {
            return;
        }

        foreach (var key in _counters.Where(c => c.Value.Until <= now).Select(c => c.Key).ToList())
        {
            _counters.Remove(key);
        }

        if (_counters.Count >= Capacity)
        {
            // A tenth at once: this scan is not repeated for every try of a flood.
            foreach (var key in _counters.OrderBy(c => c.Value.Until).Take(Capacity / 10).Select(c => c.Key).ToList())
            {
                _counters.Remove(key);
            }
        }
    }

    private sealed class Counter
    {
        public required DateTimeOffset Until { get; set; }

        public int Tries { get; set; }

        public int Level { get; set; }
    }
}
