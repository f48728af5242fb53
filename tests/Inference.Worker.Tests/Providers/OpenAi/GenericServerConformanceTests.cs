using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class GenericServerConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new OpenAiFile("generic", "any");
}
