using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>Spans and figures of publishing and handling.</summary>
internal sealed class MessagingTelemetry
{
    public const string Name = "Voice.Messaging";

    public static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _published;
    private readonly Counter<long> _handled;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lag;

    public MessagingTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _published = meter.CreateCounter<long>("voice.messaging.published", "{message}", "Messages handed to the transport");
        _handled = meter.CreateCounter<long>("voice.messaging.handled", "{message}", "Deliveries by subscription and outcome");
        _duration = meter.CreateHistogram<double>("voice.messaging.handler.duration", "s", "How long a handler took");
        _lag = meter.CreateHistogram<double>("voice.messaging.lag", "s", "From publication to the end of handling");
    }

    public void Published(string type, int count) => _published.Add(count, new KeyValuePair<string, object?>("type", type));

    public void Handled(string subscription, string type, DeliveryOutcome outcome, TimeSpan duration, TimeSpan lag)
    {
        KeyValuePair<string, object?> to = new("subscription", subscription), of = new("type", type);
        _handled.Add(1, to, of, new("outcome", NameOf(outcome)));
        _duration.Record(duration.TotalSeconds, to, of);
        _lag.Record(lag.TotalSeconds, to, of);
    }

    private static string NameOf(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Completed => "completed",
        DeliveryOutcome.Released => "released",
        DeliveryOutcome.Retry => "retry",
        _ => "dead_letter",
    };
}
