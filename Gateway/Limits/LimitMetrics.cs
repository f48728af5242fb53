using System.Diagnostics.Metrics;

namespace Voice.Gateway.Limits;

internal sealed class LimitMetrics
{
    public const string MeterName = "Voice.Gateway.Limits";

    private readonly Counter<long> _refused;
    private readonly Counter<long> _local;

    public LimitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("voice.gateway.limits.refused", "{request}", "Requests refused, by the limit that refused them.");
        _local = meter.CreateCounter<long>("voice.gateway.limits.local", "{batch}", "Batches of requests that local limits decided because Redis did not answer.");
    }

    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void Local() => _local.Add(1);
}
