using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Deepgram;

public sealed class DeepgramFileConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new DeepgramRecording();
}
