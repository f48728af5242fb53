using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class VllmStreamConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new OpenAiFile("vllm", "whisper-large-v3", streaming: true);
}
