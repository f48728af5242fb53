using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Deepgram;

public sealed class FluxConformanceTests : LiveConformance
{
    private protected override ILiveService Service { get; } = new FluxLive();
}
