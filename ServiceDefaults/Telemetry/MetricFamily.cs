using System.Diagnostics.Metrics;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>One instrument: its Prometheus name and kind, and a series per set of tags.</summary>
internal sealed class MetricFamily(string name, MetricKind kind, string? description, double scale, double[] bounds)
{
    /// <summary>A tag with unbounded values must not take the process's memory; what is beyond goes into one series.</summary>
    public const int MaxSeries = 1000;

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly double[] Counts = [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MetricSeries> _series = [];
    private readonly SeriesCache _known = new(capacity: 2 * MaxSeries);
    private readonly MetricSeries _overflow = new("otel_metric_overflow=\"true\"", bounds);

    public string Name => name;

    public MetricKind Kind => kind;

    public string? Description => description;

    public IReadOnlyList<double> Bounds => bounds;

    public static MetricFamily? For(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        MetricKind? kind =
            type == typeof(Counter<>) ? MetricKind.Counter :
            type == typeof(UpDownCounter<>) ? MetricKind.UpDown :
            type == typeof(Histogram<>) ? MetricKind.Histogram :
            type == typeof(ObservableCounter<>) ? MetricKind.ObservedCounter :
            type == typeof(Gauge<>) || type == typeof(ObservableGauge<>) || type == typeof(ObservableUpDownCounter<>) ? MetricKind.Gauge : null;
        if (kind is null)
        {
            return null;
        }

        // Prometheus wants base units: what is measured in milliseconds is written in seconds.
        var milliseconds = instrument.Unit == "ms";
        var (unit, scale) = milliseconds ? ("s", 0.001) : (instrument.Unit, 1);
        double[] bounds = kind == MetricKind.Histogram ? [.. AdvisedBoundsOf(instrument)?.Select(bound => bound * scale) ?? (unit == "s" ? Seconds : Counts)] : [];
        return new MetricFamily(PrometheusText.NameOf(instrument.Name, unit, kind.Value), kind.Value, instrument.Description, scale, bounds);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            (_known.Find(tags) ?? FindOrAdd(tags)).Record(kind, value * scale);
        }
    }

    /// <summary>A copy that does not move while it is written.</summary>
    public IReadOnlyList<MetricSeries> Snapshot()
    {
        lock (_gate)
        {
            return [.. _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal).Append(_overflow).Where(series => series.Used).Select(series => series.Copy())];
        }
    }

    private MetricSeries FindOrAdd(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.LabelsOf(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            if (_series.Count >= MaxSeries)
            {
                return _overflow;
            }

            series = _series[labels] = new MetricSeries(labels, bounds);
        }

        _known.Add(tags, series);
        return series;
    }

    private static IEnumerable<double>? AdvisedBoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => advised,
        Histogram<float> { Advice.HistogramBucketBoundaries: { } advised } => advised.Select(bound => (double)bound),
        Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => advised.Select(bound => (double)bound),
        Histogram<int> { Advice.HistogramBucketBoundaries: { } advised } => advised.Select(bound => (double)bound),
        _ => null,
    };
}
