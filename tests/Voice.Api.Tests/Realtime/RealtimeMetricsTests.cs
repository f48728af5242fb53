using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.Realtime;
using Voice.Core.Conversations;

namespace Voice.Api.Tests.Realtime;

public sealed class RealtimeMetricsTests
{
    [Fact]
    public void Names_and_tags_are_a_contract()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var metrics = new RealtimeMetrics(meters);
        List<string> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                // Servers of other tests in this process measure at the same time.
                if (instrument.Meter.Name == RealtimeMetrics.MeterName && instrument.Meter.Scope == meters)
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => measured.Add($"{i.Name}{Tags(tags)} {value}"));
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => measured.Add($"{i.Name}{Tags(tags)} {value}"));
        listener.Start();

        metrics.SessionStarted();
        metrics.TurnCompleted(new Dictionary<string, double> { ["endpointing"] = 402 }, new Speculated(3, Used: true));
        metrics.Backchannel();
        metrics.Interrupted();
        metrics.Error("invalid_json");
        metrics.SessionEnded();

        Assert.Equal(
            [
                "voice_sessions_active 1", "voice_turns 1", "voice_speculations{outcome=used} 1", "voice_speculations{outcome=discarded} 2", "voice_pipeline_latency_ms{stage=endpointing} 402", "voice_backchannels 1", "voice_barge_ins 1",
                "voice_realtime_errors{kind=invalid_json} 1", "voice_sessions_active -1",
            ],
            measured);
    }

    private static string Tags(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.IsEmpty ? "" : $"{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}";
}
