using System.Globalization;
using StackExchange.Redis;

namespace Voice.Gateway.Limits;

/// <summary>
/// The token buckets in Redis: for many requests at once, each with all of its buckets, in one atomic step on Redis' own clock. A bucket is one
/// number: the moment at which it is full again ("theoretical arrival time"), so that it needs no refilling and goes away by itself.
/// </summary>
internal static class LimitScript
{
    // Microseconds since 2026, not 1970: a double then keeps the fractions of intervals that are not whole.
    // Arguments, for each group: how many requests (0: charge whatever is there, cost may be negative), how many buckets, and for each bucket
    // interval, capacity and cost. The answer, for each group: let in, tightest bucket, what it has left, microseconds to full, to retry.
    public const string Text = """
        local t = redis.call('TIME')
        local now = (t[1] - 1767225600) * 1000000 + t[2]
        local out, k, a = {}, 1, 1
        while a <= #ARGV do
          local n, m = tonumber(ARGV[a]), tonumber(ARGV[a + 1])
          a = a + 2
          local tats, allowed, wait, tight, least = {}, n, 0, 0, 2
          for i = 0, m - 1 do
            local interval, capacity, cost = tonumber(ARGV[a + 3 * i]), tonumber(ARGV[a + 3 * i + 1]), tonumber(ARGV[a + 3 * i + 2])
            local tat = math.max(tonumber(redis.call('GET', KEYS[k + i]) or now), now)
            tats[i] = tat
            if n > 0 and cost > 0 then
              allowed = math.min(allowed, math.max(0, math.floor((capacity - (tat - now) / interval + 0.001) / cost)))
            end
          end
          for i = 0, m - 1 do
            local interval, capacity, cost = tonumber(ARGV[a + 3 * i]), tonumber(ARGV[a + 3 * i + 1]), tonumber(ARGV[a + 3 * i + 2])
            local tat = tats[i]
            local taken = cost * (n > 0 and allowed or 1)
            if taken ~= 0 then
              tat = math.max(now, tat + taken * interval)
              redis.call('SET', KEYS[k + i], string.format('%.17g', tat), 'PX', math.ceil((tat - now) / 1000) + 1000)
            end
            tats[i] = tat
            local left = capacity - (tat - now) / interval
            if allowed < n then
              local w = (cost - left) * interval
              if w > wait then wait, tight = w, i end
            elseif left / capacity < least then
              least, tight = left / capacity, i
            end
          end
          local interval, capacity = tonumber(ARGV[a + 3 * tight]), tonumber(ARGV[a + 3 * tight + 1])
          local left = capacity - (tats[tight] - now) / interval
          out[#out + 1] = allowed
          out[#out + 1] = tight
          out[#out + 1] = math.max(0, math.floor(left + 0.001))
          out[#out + 1] = math.ceil(tats[tight] - now)
          out[#out + 1] = math.ceil(wait)
          k, a = k + m, a + 3 * m
        end
        return out
        """;

    public const int AnswersPerGroup = 5;

    /// <summary>Prefix of every key: in a cluster all of them are in one place, since one script touches many.</summary>
    public static string Prefix(string installation) => string.Create(CultureInfo.InvariantCulture, $"{{rate}}:{installation}:");

    public static Admission Read(LimitPlan plan, RedisResult[] answers, int at, bool allowed) => new(
        allowed,
        plan.Buckets[(int)answers[at + 1]],
        (long)answers[at + 2],
        Microseconds((long)answers[at + 3]),
        allowed ? TimeSpan.Zero : Microseconds((long)answers[at + 4]));

    private static TimeSpan Microseconds(long value) => TimeSpan.FromTicks(value * TimeSpan.TicksPerMicrosecond);
}
