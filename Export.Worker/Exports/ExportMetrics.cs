using System.Diagnostics.Metrics;

namespace Voice.Export.Exports;

internal sealed class ExportMetrics
{
    public const string MeterName = "Voice.Export";

    private readonly Counter<long> _exports;
    private readonly Histogram<double> _delay;

    public ExportMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _exports = meter.CreateCounter<long>("voice.export.sessions", "{session}", "Sessions exported");
        _delay = meter.CreateHistogram(
            "voice.export.delay", "s", "From the end of a session to its export", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600] });
    }

    public void Exported(TimeSpan delay)
    {
        _exports.Add(1);
        _delay.Record(delay.TotalSeconds);
    }
}
