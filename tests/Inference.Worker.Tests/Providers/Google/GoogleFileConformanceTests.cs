using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Google;

public sealed class GoogleFileConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new GoogleRecording(second: false);
}
