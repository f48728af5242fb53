namespace Voice.Inference.Providers.Guards;

/// <summary>How a provider fared lately at one capability: times to the first result, and failures. Thread-safe, of a fixed size.</summary>
internal sealed class ProviderStatistics
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Fewer say nothing about the slowest twentieth.</summary>
    private const int EnoughForTail = 20;

    private const int Kept = 512;

    private readonly Lock _gate = new();
    private readonly (DateTimeOffset At, double? Milliseconds)[] _calls = new (DateTimeOffset, double?)[Kept];
    private int _count;

    public void Answered(DateTimeOffset at, TimeSpan first) => Add(at, first.TotalMilliseconds);

    public void Failed(DateTimeOffset at) => Add(at, null);

    public ProviderMeasurement Measure(DateTimeOffset now)
    {
        List<double> firsts = [];
        var failures = 0;
        lock (_gate)
        {
            foreach (var (at, milliseconds) in _calls.AsSpan(0, Math.Min(_count, Kept)))
            {
                if (now - at > Window)
                {
                    continue;
                }

                if (milliseconds is { } first)
                {
                    firsts.Add(first);
                }
                else
                {
                    failures++;
                }
            }
        }

        firsts.Sort();
        return new ProviderMeasurement(
            firsts.Count + failures,
            firsts.Count + failures == 0 ? null : (double)failures / (firsts.Count + failures),
            firsts.Count == 0 ? null : firsts[firsts.Count / 2],
            firsts.Count < EnoughForTail ? null : firsts[(int)(firsts.Count * 0.95)]);
    }

    private void Add(DateTimeOffset at, double? milliseconds)
    {
        lock (_gate)
        {
            _calls[_count % Kept] = (at, milliseconds);
            // Stays between one and two rounds, so that it never overflows.
            _count = _count + 1 == 2 * Kept ? Kept : _count + 1;
        }
    }
}
