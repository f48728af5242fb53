using System.Diagnostics.Metrics;

namespace Voice.Safety.Interventions;

internal sealed class SafetyMetrics
{
    public const string MeterName = "Voice.Safety";

    private readonly Counter<long> _turns;
    private readonly Counter<long> _interventions;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _delay;

    public SafetyMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _turns = meter.CreateCounter<long>("voice.safety.turns", "{turn}", "Turns assessed");
        _interventions = meter.CreateCounter<long>("voice.safety.interventions", "{intervention}", "Interventions by category, severity and the layer that found them");
        _failures = meter.CreateCounter<long>("voice.safety.publish.failures", "{attempt}", "Attempts to tell a live session that failed");
        _delay = meter.CreateHistogram(
            "voice.safety.delay", "s", "From the end of the turn to the intervention in the live session", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300] });
    }

    public void TurnAssessed() => _turns.Add(1);

    public void Intervened(SafetyFinding finding) =>
        _interventions.Add(1, new("category", finding.Category), new("severity", finding.Severity), new("layer", finding.Layer));

    public void PublishFailed() => _failures.Add(1);

    public void Published(TimeSpan delay) => _delay.Record(delay.TotalSeconds);
}
