using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class WhisperCppConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new OpenAiFile("whisper.cpp", model: null);
}
