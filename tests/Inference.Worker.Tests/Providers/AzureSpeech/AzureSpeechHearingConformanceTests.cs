using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechHearingConformanceTests : LiveConformance
{
    private protected override ILiveService Service { get; } = new AzureSpeechLive();
}
