using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Audio;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Transcription;

/// <summary><c>POST /v1/audio/transcriptions</c>, as OpenAI defines it.</summary>
internal static class TranscriptionApi
{
    /// <summary>OpenAI's own limit for a file, and some room for the form around it.</summary>
    public const int MaxFile = 25 * 1024 * 1024;

    private const string RequestSchema =
        """
        {"type":"object","required":["file"],"properties":{
          "file":{"type":"string","contentMediaType":"application/octet-stream"},
          "model":{"type":"string"},
          "language":{"type":"string","maxLength":35},
          "prompt":{"type":"string","description":"Words that are likely to be said."},
          "response_format":{"type":"string","enum":["json","text","verbose_json","srt","vtt"]},
          "timestamp_granularities[]":{"type":"array","items":{"type":"string","enum":["word","segment"]}},
          "stream":{"type":"string","enum":["true","false"]}}}
        """;

    private const int MaxBody = MaxFile + (64 * 1024);

    public static void MapTranscriptionApi(this IEndpointRouteBuilder group) =>
        group.MapPost("/audio/transcriptions", TranscribeAsync)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody))
            .DisableAntiforgery()
            .WithTags("Speech").WithName("CreateTranscription").WithSummary("Transcribe a recording")
            .WithDescription("WAV, FLAC, Ogg or MP3, at most 25 MB. With `stream`, the text comes as server-sent events while it is recognised.")
            .WithBody("multipart/form-data", RequestSchema)
            .WithErrors("missing_file", "invalid_form", "invalid_content_type", "invalid_audio", "invalid_value", "unsupported_language", "model_not_found", "payload_too_large", "provider_failed", "provider_unavailable", "rate_limit_exceeded")
            .WithRequestExample("""{"file":"@recording.wav","model":"default","language":"en","response_format":"json"}""")
            .Produces<TranscriptionJson>()
            .WithResponseExample("""{"text":"what time do you open","confidence":0.93,"usage":{"type":"duration","seconds":3}}""");

    private static async Task<Results<TranscriptionResult, TranscriptionStreamResult, ProblemHttpResult>> TranscribeAsync(
        HttpRequest http,
        EngineCatalog engines,
        AudioFileReader files,
        FileTranscription transcription,
        CancellationToken cancellationToken)
    {
        var (form, refusal) = await TranscriptionForm.ReadAsync(http, MaxFile, cancellationToken);
        if (form is null)
        {
            return refusal!;
        }

        var route = await engines.FileTranscriberAsync(EngineAsk.Of(http.HttpContext, form.Model, form.Language), cancellationToken);
        await using var file = form.File.OpenReadStream();
        var audio = await files.ReadAsync(file, form.File.Length, cancellationToken);
        UsageMeter.Of(http.HttpContext)?.Add(UsageKinds.AudioSeconds, (decimal)audio.Duration.TotalSeconds);
        var segments = transcription.TranscribeAsync(route, audio, new FileTranscriptionOptions(null, form.Language, form.Prompt, form.WordTimes), cancellationToken);
        if (form.Stream)
        {
            // The first segment is awaited before the response begins, so that a refusal still is an HTTP error.
            return await TranscriptionStreamResult.CreateAsync(segments, audio.Duration, cancellationToken);
        }

        var all = new List<TranscribedSegment>();
        await foreach (var segment in segments)
        {
            all.Add(segment);
        }

        return new TranscriptionResult(form.Format, form.Language, audio.Duration, all, form.WordTimes);
    }
}
