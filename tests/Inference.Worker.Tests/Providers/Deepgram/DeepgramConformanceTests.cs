using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Deepgram;

public sealed class DeepgramConformanceTests : LiveConformance
{
    private protected override ILiveService Service { get; } = new DeepgramLive();
}
