using System.Diagnostics.Metrics;

namespace Voice.Gateway.Routing.Resilience;

internal sealed class RoutingMetrics
{
    public const string MeterName = "Voice.Gateway.Routing";

    private readonly Counter<long> _retries;
    private readonly Counter<long> _exhausted;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _refused;

    public RoutingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _retries = meter.CreateCounter<long>("voice.gateway.routing.retries", "{request}", "Requests asked again at another replica, by service and reason.");
        _exhausted = meter.CreateCounter<long>("voice.gateway.routing.retries_withheld", "{request}", "Requests not asked again because too many were, by service.");
        _opened = meter.CreateCounter<long>("voice.gateway.routing.circuits_opened", "{circuit}", "Destinations left alone because they did not answer.");
        _refused = meter.CreateCounter<long>("voice.gateway.routing.refused", "{request}", "Requests refused at once because no destination of the service answers.");
    }

    public void Retried(string service, string reason) => _retries.Add(1, new("service", service), new("reason", reason));

    public void Withheld(string service) => _exhausted.Add(1, new KeyValuePair<string, object?>("service", service));

    public void Opened(string destination) => _opened.Add(1, new KeyValuePair<string, object?>("destination", destination));

    public void Refused(string service) => _refused.Add(1, new KeyValuePair<string, object?>("service", service));
}
