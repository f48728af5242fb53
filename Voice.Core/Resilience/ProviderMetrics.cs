using System.Diagnostics.Metrics;

namespace Voice.Core.Resilience;

/// <summary>What was asked of providers. Models are named by rank: their names are their operators' and their agents', and labels must be few.</summary>
public sealed class ProviderMetrics
{
    public const string MeterName = "Voice.Core.Providers";

    private readonly Counter<long> _attempts;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _breakerChanges;
    private readonly UpDownCounter<long> _open;
    private readonly Histogram<double> _first;

    public ProviderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _attempts = meter.CreateCounter<long>("voice_provider_attempts", null, "Calls of providers, by stage, rank of the model and outcome.");
        _fallbacks = meter.CreateCounter<long>("voice_provider_fallbacks", null, "Answers that another model than the first gave, by stage.");
        _breakerChanges = meter.CreateCounter<long>("voice_provider_breaker_changes", null, "Changes of circuit breakers, by stage and new state.");
        _open = meter.CreateUpDownCounter<long>("voice_provider_breakers_open", null, "Models that are not asked because they failed, by stage.");
        _first = meter.CreateHistogram<double>(
            "voice_provider_first_ms", null, "From the call to the first text or audio, or to an open stream, in milliseconds.", tags: null,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [5, 10, 25, 50, 100, 150, 200, 300, 400, 500, 700, 1000, 1500, 2500, 5000, 10000] });
    }

    internal void Attempt(ProviderStage stage, int rank, string outcome)
    {
        _attempts.Add(1, Stage(stage), Rank(rank), new("outcome", outcome));
        if (rank > 0 && outcome == "ok")
        {
            _fallbacks.Add(1, Stage(stage));
        }
    }

    internal void First(ProviderStage stage, int rank, TimeSpan took) => _first.Record(took.TotalMilliseconds, Stage(stage), Rank(rank));

    internal void BreakerChanged(ProviderStage stage, BreakerState before, BreakerState now)
    {
        _breakerChanges.Add(1, Stage(stage), new("state", now switch { BreakerState.Closed => "closed", BreakerState.Open => "open", _ => "half_open" }));
        // Half open still counts as open: it is one call of many that goes through.
        var change = (now == BreakerState.Closed ? 0 : 1) - (before == BreakerState.Closed ? 0 : 1);
        if (change != 0)
        {
            _open.Add(change, Stage(stage));
        }
    }

    private static KeyValuePair<string, object?> Stage(ProviderStage stage) => new("stage", stage.Name());

    private static KeyValuePair<string, object?> Rank(int rank) => new("rank", rank == 0 ? "first" : "fallback");
}
