using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class AzureOpenAiLiveConformanceTests : LiveConformance
{
    private protected override ILiveService Service { get; } = new OpenAiLive(azure: true);
}
