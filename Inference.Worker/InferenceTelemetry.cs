using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Voice.Inference.Processes;

namespace Voice.Inference;

/// <summary>One span and one duration for each call of an engine. Names of engines and models only: nothing that was said.</summary>
internal static class InferenceTelemetry
{
    public const string Name = "Voice.Inference";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "inference_duration_seconds",
        "s",
        "Time of one engine call, from request to its last output",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    private static readonly Histogram<double> FirstOutput = Meter.CreateHistogram(
        "inference_first_output_seconds",
        "s",
        "Time of one engine call, from request to its first output",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    private static readonly ConcurrentDictionary<string, EnginePool> Pools = new();

    private static readonly ObservableGauge<int> InUse = Meter.CreateObservableGauge(
        "inference_processes_in_use", () => Measure(pool => pool.InUse), description: "Engine processes that serve a caller");

    private static readonly ObservableGauge<int> Warm = Meter.CreateObservableGauge(
        "inference_processes_warm", () => Measure(pool => pool.Warm), description: "Engine processes that wait for a caller");

    private static readonly ConcurrentDictionary<string, bool> Servers = new();

    private static readonly ObservableGauge<int> ServersReady = Meter.CreateObservableGauge(
        "inference_model_server_ready",
        () => Servers.Select(server => new Measurement<int>(server.Value ? 1 : 0, new KeyValuePair<string, object?>("server", server.Key))),
        description: "1 where a model server beside the worker has its model loaded and warm");

    private static readonly UpDownCounter<int> Streams = Meter.CreateUpDownCounter<int>(
        "inference_live_streams", description: "Live transcriptions that are open; Container Apps scales on them as open requests");

    public static void Serves(string server, bool ready) => Servers[server] = ready;

    public static void StreamOpened() => Streams.Add(1);

    public static void StreamClosed() => Streams.Add(-1);

    /// <param name="traceParent">A W3C traceparent that a message brought along; null for the current activity.</param>
    public static Activity? Start(string operation, string model, string? traceParent = null)
    {
        var activity = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Source.StartActivity($"inference {operation}", ActivityKind.Server, parent)
            : Source.StartActivity($"inference {operation}");
        activity?.SetTag("voice.inference.operation", operation);
        activity?.SetTag("voice.inference.model", model);
        return activity;
    }

    public static void Completed(string operation, string model, TimeSpan duration) => Duration.Record(duration.TotalSeconds, Tags(operation, model));

    public static void Began(string operation, string model, TimeSpan duration) => FirstOutput.Record(duration.TotalSeconds, Tags(operation, model));

    /// <summary>From now on the gauges show this pool; a later one of the same name takes its place.</summary>
    public static void Observe(EnginePool pool) => Pools[pool.Name] = pool;

    private static IEnumerable<Measurement<int>> Measure(Func<EnginePool, int> value) =>
        Pools.Values.Select(pool => new Measurement<int>(value(pool), new KeyValuePair<string, object?>("engine", pool.Name)));

    // A client may name any model of an upstream server; the catalog has answered before, so the set is bounded by configuration and use.
    private static TagList Tags(string operation, string model) => new() { { "operation", operation }, { "model", model } };
}
