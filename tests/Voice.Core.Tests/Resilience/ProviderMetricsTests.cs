using System.Diagnostics.Metrics;
using Voice.Core.Resilience;

namespace Voice.Core.Tests.Resilience;

public sealed class ProviderMetricsTests : IMeterFactory
{
    private readonly Meter _meter = new(ProviderMetrics.MeterName);

    [Fact]
    public void Names_and_tags_are_a_contract()
    {
        var metrics = new ProviderMetrics(this);
        List<string> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter == _meter)
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => measured.Add($"{i.Name}{Tags(tags)} {value}"));
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => measured.Add($"{i.Name}{Tags(tags)} {value}"));
        listener.Start();

        metrics.Attempt(ProviderStage.Chat, 0, "stalled");
        metrics.Attempt(ProviderStage.Chat, 1, "ok");
        metrics.First(ProviderStage.Speech, 0, TimeSpan.FromMilliseconds(120));
        metrics.BreakerChanged(ProviderStage.Transcription, BreakerState.Closed, BreakerState.Open);
        metrics.BreakerChanged(ProviderStage.Transcription, BreakerState.Open, BreakerState.HalfOpen);
        metrics.BreakerChanged(ProviderStage.Transcription, BreakerState.HalfOpen, BreakerState.Closed);

        Assert.Equal(
            [
                "voice_provider_attempts{stage=chat,rank=first,outcome=stalled} 1", "voice_provider_attempts{stage=chat,rank=fallback,outcome=ok} 1",
                "voice_provider_fallbacks{stage=chat} 1", "voice_provider_first_ms{stage=speech,rank=first} 120",
                "voice_provider_breaker_changes{stage=transcription,state=open} 1", "voice_provider_breakers_open{stage=transcription} 1",
                "voice_provider_breaker_changes{stage=transcription,state=half_open} 1",
                "voice_provider_breaker_changes{stage=transcription,state=closed} 1", "voice_provider_breakers_open{stage=transcription} -1",
            ],
            measured);
    }

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose() => _meter.Dispose();

    private static string Tags(ReadOnlySpan<KeyValuePair<string, object?>> tags) => $"{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}";
}
