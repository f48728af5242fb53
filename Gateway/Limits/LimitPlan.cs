using System.Globalization;
using StackExchange.Redis;

namespace Voice.Gateway.Limits;

/// <summary>All buckets of a request. One object serves many requests of the same caller; those that wait together are asked for together.</summary>
internal sealed class LimitPlan
{
    public LimitPlan(IReadOnlyList<Bucket> buckets)
    {
        Buckets = buckets;
        Policy = string.Join(", ", buckets.Select(bucket => bucket.Policy));
        Keys = [.. buckets.Select(bucket => (RedisKey)bucket.Key)];
        Arguments =
        [
            .. buckets.SelectMany(bucket => new RedisValue[]
            {
                bucket.Interval.ToString("R", CultureInfo.InvariantCulture), bucket.Capacity, bucket.Cost,
            }),
        ];
    }

    public IReadOnlyList<Bucket> Buckets { get; }

    /// <summary>The <c>RateLimit-Policy</c> header.</summary>
    public string Policy { get; }

    public RedisKey[] Keys { get; }

    public RedisValue[] Arguments { get; }

    public LimitPlan With(IEnumerable<Bucket> more) => new([.. Buckets, .. more]);
}
