using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class OpenAiWhisperConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new OpenAiFile(dialect: null, model: "whisper-1");
}
