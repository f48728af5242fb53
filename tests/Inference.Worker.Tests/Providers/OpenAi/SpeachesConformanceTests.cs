using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class SpeachesConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new OpenAiFile("speaches", "whisper");
}
