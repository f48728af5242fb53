using Voice.Bench.Running;

namespace Voice.Bench.Load;

/// <summary>Durations, kept to 10 us up to 10 s without growing. Not thread-safe.</summary>
internal sealed class LatencyRecord
{
    private const long Step = TimeSpan.TicksPerMillisecond / 100;

    private readonly int[] _counts = new int[1_000_001];

    public long Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        _counts[Math.Clamp(duration.Ticks / Step, 0, _counts.Length - 1)]++;
        Count++;
    }

    /// <summary>What was recorded; this begins anew.</summary>
    public LatencyRecord Take()
    {
        var taken = new LatencyRecord { Count = Count };
        _counts.CopyTo(taken._counts, 0);
        Array.Clear(_counts);
        Count = 0;
        return taken;
    }

    public void Add(LatencyRecord other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>Milliseconds; nearest rank.</summary>
    public double Percentile(double percent)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(percent / 100 * Count));
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return (i + 1) / 100.0;
            }
        }

        throw new BenchmarkException("No samples.");
    }
}
