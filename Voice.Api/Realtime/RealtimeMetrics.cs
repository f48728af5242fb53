using System.Diagnostics.Metrics;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime;

internal sealed class RealtimeMetrics
{
    public const string MeterName = "Voice.Api.Realtime";

    private readonly Histogram<double> _latency;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _turns;
    private readonly Counter<long> _interruptions;
    private readonly Counter<long> _speculations;
    private readonly Counter<long> _backchannels;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _lag;

    public RealtimeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        // No unit: the name is a contract, and a unit would be made part of it.
        _latency = meter.CreateHistogram<double>(
            "voice_pipeline_latency_ms", null, "Where the time of a turn goes, by stage, in milliseconds.", tags: null,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [5, 10, 25, 50, 100, 150, 200, 300, 400, 500, 600, 700, 850, 1000, 1500, 2500, 5000, 10000] });
        _active = meter.CreateUpDownCounter<long>("voice_sessions_active", null, "Live sessions.");
        _turns = meter.CreateCounter<long>("voice_turns", null, "User turns that were completed.");
        _speculations = meter.CreateCounter<long>("voice_speculations", null, "Replies that were begun before the turn was known to be over, by outcome.");
        _backchannels = meter.CreateCounter<long>("voice_backchannels", null, "Signs of listening that did not interrupt a reply.");
        _interruptions = meter.CreateCounter<long>("voice_barge_ins", null, "Replies that the user spoke over.");
        _errors = meter.CreateCounter<long>("voice_realtime_errors", null, "Errors told to clients, by code, and troubles behind the engine, by stage.");
        _resumes = meter.CreateCounter<long>("voice_sessions_resumed", null, "Connections over which a client came back to its session.");
        _refused = meter.CreateCounter<long>("voice_sessions_refused", null, "Connections refused with server_overloaded, by what was too much: sessions, lag.");
        _lag = meter.CreateHistogram<double>(
            "voice_scheduling_lag_ms", null, "How late a timer of this process fires, in milliseconds: what work waits for a thread.", tags: null,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] });
    }

    /// <param name="reason"><c>sessions</c> or <c>lag</c>.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void SchedulingLag(TimeSpan lag) => _lag.Record(lag.TotalMilliseconds);

    public void SessionStarted() => _active.Add(1);

    public void SessionEnded() => _active.Add(-1);

    /// <param name="speculated">Replies that were begun ahead.</param>
    public void TurnCompleted(IReadOnlyDictionary<string, double> latency, Speculated speculated = default)
    {
        _turns.Add(1);
        var used = speculated.Used ? 1 : 0;
        Add("used", used);
        Add("discarded", speculated.Started - used);
        foreach (var (stage, milliseconds) in latency)
        {
            _latency.Record(milliseconds, new KeyValuePair<string, object?>("stage", stage));
        }
    }

    private void Add(string outcome, int speculations)
    {
        if (speculations > 0)
        {
            _speculations.Add(speculations, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <summary>Voice over a reply that meant nothing to it.</summary>
    public void Backchannel() => _backchannels.Add(1);

    public void Resumed() => _resumes.Add(1);

    public void Interrupted() => _interruptions.Add(1);

    /// <param name="kind">One of the codes of docs/specs/realtime.md, never a client's text.</param>
    public void Error(string kind) => _errors.Add(1, new KeyValuePair<string, object?>("kind", kind));
}
