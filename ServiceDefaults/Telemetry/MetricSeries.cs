namespace Voice.ServiceDefaults.Telemetry;

/// <summary>The numbers of one set of tags. Its family's lock guards it.</summary>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    private long[] _buckets = new long[bounds.Length + 1];

    public string Labels => labels;

    public bool Used { get; private set; }

    public double Value { get; private set; }

    public long Count { get; private set; }

    public IReadOnlyList<long> Buckets => _buckets;

    public void Record(MetricKind kind, double value)
    {
        Used = true;
        switch (kind)
        {
            case MetricKind.Gauge or MetricKind.ObservedCounter:
                Value = value;
                break;
            case MetricKind.Histogram:
                // A bucket holds what is less than or equal to its bound.
                var index = Array.BinarySearch(bounds, value);
                _buckets[index < 0 ? ~index : index]++;
                Count++;
                Value += value;
                break;
            default:
                Value += value;
                break;
        }
    }

    public MetricSeries Copy() => new(labels, bounds) { Used = Used, Value = Value, Count = Count, _buckets = (long[])_buckets.Clone() };
}
