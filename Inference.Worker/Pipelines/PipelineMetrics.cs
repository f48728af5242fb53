using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Voice.Inference.Pipelines;

internal static class PipelineMetrics
{
    public const string Name = "Voice.Inference.Pipelines";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "voice_pipeline_step_seconds", "s", "Attempts of pipelines' steps, by type and outcome",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600] });

    /// <param name="outcome"><c>succeeded</c>, <c>failed</c>, <c>timeout</c> or <c>cancelled</c>.</param>
    public static void Ran(string type, string outcome, TimeSpan took) => Duration.Record(took.TotalSeconds, new TagList { { "type", type }, { "outcome", outcome } });
}
