using System.Text.Json;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Deepgram;

/// <summary><c>POST /v1/listen</c>.</summary>
internal sealed class DeepgramRecording : IFileService
{
    public string Path => "/v1/listen";

    public string Asked => "language=de";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new DeepgramKind(http, time);

    public ProviderSettings Settings(Uri address) => new() { Kind = "deepgram", BaseUrl = address, ApiKey = "set by the suite" };

    public string Body(params (double Start, double End, string Text)[] segments) => JsonSerializer.Serialize(new
    {
        metadata = new { request_id = "r", duration = 2.0, channels = 1 },
        results = new
        {
            channels = new[] { new { alternatives = new[] { new { transcript = string.Join(' ', segments.Select(segment => segment.Text)), confidence = 0.9 } } } },
            utterances = segments.Select(segment => new { start = segment.Start, end = segment.End, confidence = 0.9, channel = 0, transcript = segment.Text }),
        },
    });

    public byte[] Audio(ProviderRequest request) => request.Body;
}
