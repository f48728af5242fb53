using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>Adds up what the process's instruments report and writes it as Prometheus text. Listens from start to end of the process.</summary>
internal sealed class MetricsStore : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener;

    public MetricsStore()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (TelemetrySources.IsMeter(instrument.Meter.Name) && MetricFamily.For(instrument) is { } family)
                {
                    _families[instrument] = family;
                    listener.EnableMeasurementEvents(instrument, family);
                }
            },
            // A meter that ends takes its instruments along; in a service that is the end of the process.
            MeasurementsCompleted = (instrument, _) => _families.TryRemove(instrument, out var _),
        };
        Listen<byte>(static value => value);
        Listen<short>(static value => value);
        Listen<int>(static value => value);
        Listen<long>(static value => value);
        Listen<float>(static value => value);
        Listen<double>(static value => value);
        Listen<decimal>(static value => (double)value);
    }

    public void Start() => _listener.Start();

    public string Write()
    {
        // Observable instruments report when asked.
        _listener.RecordObservableInstruments();
        return PrometheusText.Write(_families.Values);
    }

    public void Dispose() => _listener.Dispose();

    private void Listen<T>(Func<T, double> convert)
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => (state as MetricFamily)?.Record(convert(value), tags));
}
