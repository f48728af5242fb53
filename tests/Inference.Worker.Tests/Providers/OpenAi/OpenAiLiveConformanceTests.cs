using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class OpenAiLiveConformanceTests : LiveConformance
{
    private protected override ILiveService Service { get; } = new OpenAiLive(azure: false);
}
