using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class OpenAiFileConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new OpenAiFile(dialect: null, model: null);
}
