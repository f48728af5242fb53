using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Voice.Api.Tools;

internal sealed class HttpToolMetrics
{
    public const string MeterName = "Voice.Api.Tools";

    public static readonly ActivitySource Activities = new(MeterName);

    private readonly Histogram<double> _duration;

    public HttpToolMetrics(IMeterFactory meters) => _duration = meters.Create(MeterName).CreateHistogram<double>(
        "voice_tool_call_ms", null, "Calls of agents' HTTP tools, by outcome, in milliseconds.", tags: null,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000] });

    /// <param name="outcome"><c>ok</c>, <c>failed</c>, <c>refused</c>, <c>unreachable</c>, <c>timeout</c> or <c>cancelled</c>.</param>
    public void Called(string outcome, TimeSpan took) => _duration.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("outcome", outcome));
}
