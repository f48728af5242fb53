using System.Text.Json;
using Voice.Inference.Providers;
using Voice.Inference.Providers.OpenAi;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

/// <summary><c>/audio/transcriptions</c> as the servers of its shape have it.</summary>
/// <param name="dialect">Null for OpenAI's own.</param>
internal sealed class OpenAiFile(string? dialect, string? model, bool streaming = false) : IFileService
{
    public string Path => dialect == "whisper.cpp" ? "/inference" : "/v1/audio/transcriptions";

    public string ContentType => streaming ? "text/event-stream" : "application/json";

    public bool Streaming => streaming;

    public bool HasTimes => !streaming && (dialect is "vllm" or "speaches" or "whisper.cpp" || model == "whisper-1");

    public string Asked => "language\r\n\r\nde\r\n";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) =>
        dialect is null ? new OpenAiKind(new OpenAiProviders(http, time)) : new OpenAiCompatibleKind(new OpenAiProviders(http, time));

    public ProviderSettings Settings(Uri address)
    {
        var settings = new ProviderSettings
        {
            Kind = dialect is null ? "openai" : "openai-compatible",
            BaseUrl = dialect == "whisper.cpp" ? address : new Uri(address, "v1"),
            ApiKey = "set by the suite",
        };
        if (dialect is not null)
        {
            settings.Options["Dialect"] = dialect;
        }

        if (model is not null)
        {
            settings.Options["TranscriptionModel"] = model;
        }

        return settings;
    }

    public string Body(params (double Start, double End, string Text)[] segments)
    {
        var text = string.Join(' ', segments.Select(segment => segment.Text));
        if (!streaming)
        {
            return JsonSerializer.Serialize(new
            {
                task = "transcribe",
                language = "english",
                duration = dialect == "vllm" ? (object)"2.0" : 2.0,
                text = dialect == "whisper.cpp" ? $" {text}\n" : text,
                segments = HasTimes
                    ? segments.Select((segment, id) => new { id, start = segment.Start, end = segment.End, text = $" {segment.Text}", avg_logprob = -0.1, tokens = new[] { 1, 2 } })
                    : null,
                usage = new { type = "duration", seconds = 2 },
            });
        }

        var deltas = text.Length == 0 ? [] : text.Split(' ').Select((word, i) => i == 0 ? word : $" {word}");
        IEnumerable<object> events = dialect == "vllm"
            ?
            [
                .. deltas.Select(delta => new { id = "trsc-1", @object = "transcription.chunk", choices = new[] { new { delta = new { content = delta }, finish_reason = (string?)null } } }),
                new { id = "trsc-1", @object = "transcription.chunk", choices = new[] { new { delta = new { content = "" }, finish_reason = "stop" } } },
            ]
            : [.. deltas.Select(delta => new { type = "transcript.text.delta", delta }), new { type = "transcript.text.done", text }];
        return string.Concat(events.Select(item => $"data: {JsonSerializer.Serialize(item)}\n\n")) + (dialect == "vllm" ? "data: [DONE]\n\n" : "");
    }

    public byte[] Audio(ProviderRequest request) => Multipart.File(request, "file");
}
