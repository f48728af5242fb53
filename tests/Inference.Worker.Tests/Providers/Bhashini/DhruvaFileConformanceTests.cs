using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Bhashini;

public sealed class DhruvaFileConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new BhashiniRecording(direct: true);
}
