using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Voice.Export.Exports;

namespace Voice.Export.Tests;

public sealed class MetricsTests
{
    [Fact]
    public void Exports_are_counted_with_their_delay()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new ExportMetrics(services.GetRequiredService<IMeterFactory>());
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                // The meter of this test, not that of a service that runs beside it.
                if (instrument.Meter.Name == ExportMetrics.MeterName && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.Add($"{instrument.Name}={value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.Add($"{instrument.Name}={value} {instrument.Unit}"));
        listener.Start();

        metrics.Exported(TimeSpan.FromMilliseconds(250));

        Assert.Equal(["voice.export.sessions=1", "voice.export.delay=0.25 s"], seen);
    }
}
