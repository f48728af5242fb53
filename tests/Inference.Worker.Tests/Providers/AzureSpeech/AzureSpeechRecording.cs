using System.Text.Json;
using Voice.Inference.Providers;
using Voice.Inference.Providers.AzureSpeech;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

/// <summary>Fast transcription.</summary>
internal sealed class AzureSpeechRecording : IFileService
{
    public string Path => "/speechtotext/transcriptions:transcribe";

    public string Asked => "\"de-DE\"";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new AzureSpeechKind(http, time);

    public ProviderSettings Settings(Uri address) => new() { Kind = "azure-speech", BaseUrl = address, ApiKey = "set by the suite" };

    public string Body(params (double Start, double End, string Text)[] segments) => JsonSerializer.Serialize(new
    {
        durationMilliseconds = 2_000,
        combinedPhrases = new[] { new { text = string.Join(' ', segments.Select(segment => segment.Text)) } },
        phrases = segments.Select(segment => new
        {
            offsetMilliseconds = (int)(segment.Start * 1000),
            durationMilliseconds = (int)((segment.End - segment.Start) * 1000),
            text = segment.Text,
            words = segment.Text.Split(' ').Select(word => new { text = word, offsetMilliseconds = (int)(segment.Start * 1000), durationMilliseconds = 100 }),
            locale = "de-DE",
            confidence = 0.9,
        }),
    });

    public byte[] Audio(ProviderRequest request) => Multipart.File(request, "audio");
}
