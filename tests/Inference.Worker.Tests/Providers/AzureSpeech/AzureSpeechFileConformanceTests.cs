using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechFileConformanceTests : FileConformance
{
    private protected override IFileService Service { get; } = new AzureSpeechRecording();
}
