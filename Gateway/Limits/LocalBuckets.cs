namespace Voice.Gateway.Limits;

/// <summary>
/// The same buckets in this process alone, for when Redis is away: each gateway then lets in its share. What was taken here is charged when
/// Redis is back, so that an outage gives nobody twice as much.
/// </summary>
internal sealed class LocalBuckets(TimeProvider time)
{
    /// <summary>Buckets remembered at most; when full, those that are full again go first, then all.</summary>
    private const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <param name="gateways">Among how many the limit is shared.</param>
    public Admission Admit(LimitPlan plan, int gateways)
    {
        lock (_gate)
        {
            var now = Now();
            var (fits, wait, tight, least) = (true, 0d, plan.Buckets[0], double.MaxValue);
            foreach (var bucket in plan.Buckets)
            {
                var left = Left(bucket, gateways, now);
                if (left + 0.001 < Cost(bucket, gateways))
                {
                    fits = false;
                    var needed = (Cost(bucket, gateways) - left) * bucket.Interval * gateways;
                    (wait, tight) = needed > wait ? (needed, bucket) : (wait, tight);
                }
                else if (fits && left / Share(bucket, gateways) < least)
                {
                    (least, tight) = (left / Share(bucket, gateways), bucket);
                }
            }

            foreach (var bucket in fits ? plan.Buckets : [])
            {
                Take(bucket, gateways, now);
            }

            var remaining = Left(tight, gateways, now);
            return new(
                fits, tight, Math.Max(0, (long)(remaining + 0.001)), Time((Share(tight, gateways) - remaining) * tight.Interval * gateways), fits ? TimeSpan.Zero : Time(wait));
        }
    }

    /// <summary>What was taken and would not have been refilled yet, once.</summary>
    public IReadOnlyList<Bucket> TakeOutstanding()
    {
        lock (_gate)
        {
            var now = Now();
            List<Bucket> outstanding =
            [
                .. _states.Values.Where(state => state.FullAt > now)
                    .Select(state => state.Bucket with { Cost = (long)Math.Ceiling((state.FullAt - now) / (state.Bucket.Interval * state.Gateways)) }),
            ];
            _states.Clear();
            return outstanding;
        }
    }

    // A share of a small limit is still one, or nobody would be let in at all.
    private static long Share(Bucket bucket, int gateways) => Math.Max(1, bucket.Capacity / gateways);

    private static long Cost(Bucket bucket, int gateways) => Math.Min(bucket.Cost, Share(bucket, gateways));

    private double Left(Bucket bucket, int gateways, double now) =>
        _states.TryGetValue(bucket.Key, out var state) && state.FullAt > now
            ? Share(bucket, gateways) - ((state.FullAt - now) / (bucket.Interval * gateways))
            : Share(bucket, gateways);

    private void Take(Bucket bucket, int gateways, double now)
    {
        if (!_states.TryGetValue(bucket.Key, out var state))
        {
            if (_states.Count >= Capacity)
            {
                MakeRoom(now);
            }

            _states[bucket.Key] = state = new State(bucket, gateways);
        }

        state.FullAt = Math.Max(now, state.FullAt) + (Cost(bucket, gateways) * bucket.Interval * gateways);
    }

    private void MakeRoom(double now)
    {
        foreach (var key in _states.Where(state => state.Value.FullAt <= now).Select(state => state.Key).ToList())
        {
            _states.Remove(key);
        }

        if (_states.Count >= Capacity)
        {
            _states.Clear();
        }
    }

    private double Now() => time.GetElapsedTime(0).TotalMicroseconds;

    private static TimeSpan Time(double microseconds) => TimeSpan.FromTicks((long)(Math.Ceiling(microseconds) * TimeSpan.TicksPerMicrosecond));

    private sealed class State(Bucket bucket, int gateways)
    {
        public Bucket Bucket => bucket;

        public int Gateways => gateways;

        /// <summary>Microseconds of the process' clock.</summary>
        public double FullAt { get; set; }
    }
}
