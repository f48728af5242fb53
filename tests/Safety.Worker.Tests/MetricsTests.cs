using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Voice.Safety.Interventions;

namespace Voice.Safety.Tests;

public sealed class MetricsTests
{
    [Fact]
    public void Interventions_are_counted_by_category_severity_and_layer()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new SafetyMetrics(services.GetRequiredService<IMeterFactory>());
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                // The meter of this test, not that of a service that runs beside it.
                if (instrument.Meter.Name == SafetyMetrics.MeterName && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            seen.Add($"{instrument.Name}={value} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}:{t.Value}"))}".Trim()));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.Add($"{instrument.Name}={value} {instrument.Unit}"));
        listener.Start();

        metrics.TurnAssessed();
        metrics.Intervened(new SafetyFinding("suicide", "crisis", SafetyLayers.Lexicon, "end my life"));
        metrics.PublishFailed();
        metrics.Published(TimeSpan.FromMilliseconds(250));

        Assert.Equal(
            [
                "voice.safety.turns=1",
                "voice.safety.interventions=1 category:suicide severity:crisis layer:lexicon",
                "voice.safety.publish.failures=1",
                "voice.safety.delay=0.25 s",
            ],
            seen);
    }
}
