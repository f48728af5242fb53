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
    private const string RequestSchema =
        """
        {"type":"object","required":["file"],"properties":{
          "file":{"type":"string","contentMediaType":"application/octet-stream"},
          "model":{"type":"string"},
          "language":{"type":"string","maxLength":35},
          "prompt":{"type":"string","description":"Words that are likely to be said."},
          "keywords[]":{"type":"array","items":{"type":"string"},"description":"More such words."},
          "response_format":{"type":"string","enum":["json","text","verbose_json","srt","vtt","diarized_json"]},
          "timestamp_granularities[]":{"type":"array","items":{"type":"string","enum":["word","segment"]}},
          "include[]":{"type":"array","items":{"type":"string","enum":["logprobs"]}},
          "temperature":{"type":"string","description":"0 to 1; changes nothing."},
          "chunking_strategy":{"type":"string","description":"auto; recordings are cut at their pauses."},
          "known_speaker_names[]":{"type":"array","items":{"type":"string"},"description":"With diarized_json, the names of the channels."},
          "stream":{"type":"string","enum":["true","false"]}}}
        """;

    private const int MaxBody = AudioForm.MaxFile + (64 * 1024);

    public static void MapTranscriptionApi(this IEndpointRouteBuilder group) =>
        group.MapPost("/audio/transcriptions", TranscribeAsync)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody))
            .DisableAntiforgery()
            .WithTags("Speech").WithName("CreateTranscription").WithSummary("Transcribe a recording")
            .WithDescription($"{AudioContainer.Accepted}, at most 25 MB and 30 min. With `stream`, the text comes as server-sent events while it is recognised; with `diarized_json`, each channel is a speaker.")
            .WithBody("multipart/form-data", RequestSchema)
            .WithErrors(
                "missing_file", "invalid_form", "invalid_content_type", "invalid_audio", "invalid_value", "unsupported_value", "unsupported_language", "model_not_found", "payload_too_large",
                "provider_rejected", "provider_failed", "provider_unavailable", "rate_limit_exceeded")
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
        var (fields, refusal) = await AudioForm.ReadAsync(http, cancellationToken);
        if (fields is null)
        {
            return refusal!;
        }

        var form = TranscriptionForm.Of(fields);
        var route = await engines.FileTranscriberAsync(EngineAsk.Of(http.HttpContext, form.Model, form.Language), cancellationToken);
        var diarized = form.Format == TranscriptionFormat.DiarizedJson;
        await using var file = form.File.OpenReadStream();
        var channels = await files.ReadChannelsAsync(file, form.File.Length, mono: !diarized, cancellationToken);
        if (diarized && channels.Count == 1)
        {
            throw new FieldException("response_format", "diarized_json tells speakers apart by channel, and this recording has one.", "unsupported_value");
        }

        var transcript = Transcript.Of(form, channels);
        UsageMeter.Of(http.HttpContext)?.Add(UsageKinds.AudioSeconds, (decimal)transcript.Heard.TotalSeconds);
        var options = new FileTranscriptionOptions(null, form.Language, form.Prompt, form.WordTimes || form.LogProbs);
        var segments = ChannelMerge.MergeAsync([.. channels.Select(audio => transcription.TranscribeAsync(route, audio, options, cancellationToken))], cancellationToken);
        // Of a stream the first segment is awaited before the response begins, so that a refusal still is an HTTP error.
        return form.Stream
            ? await TranscriptionStreamResult.CreateAsync(transcript, segments, cancellationToken)
            : new TranscriptionResult(transcript, await segments.ToListAsync(cancellationToken));
    }
}
