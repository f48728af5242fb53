using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Core.Providers;
using Voice.Inference.Audio;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Transcription;

/// <summary>
/// <c>POST /v1/audio/translations</c>, as OpenAI defines it: a recording in another language as English text. An engine that hears and translates at once does both;
/// otherwise one transcribes and another translates what it wrote.
/// </summary>
internal static class AudioTranslationApi
{
    private const string English = "en";

    private const string RequestSchema =
        """
        {"type":"object","required":["file"],"properties":{
          "file":{"type":"string","contentMediaType":"application/octet-stream"},
          "model":{"type":"string"},
          "language":{"type":"string","maxLength":35,"description":"An extension: what is spoken, en by default; engines that find out themselves need it not."},
          "prompt":{"type":"string","description":"Words that are likely to be said."},
          "response_format":{"type":"string","enum":["json","text","verbose_json","srt","vtt"]},
          "temperature":{"type":"string","description":"0 to 1; changes nothing."}}}
        """;

    public static void MapAudioTranslationApi(this IEndpointRouteBuilder group) =>
        group.MapPost("/audio/translations", TranslateAsync)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(AudioForm.MaxFile + (64 * 1024)))
            .DisableAntiforgery()
            .WithTags("Speech").WithName("CreateAudioTranslation").WithSummary("Translate a recording into English")
            .WithDescription("English text of a recording in another language. A pair of languages that nothing here translates is refused.")
            .WithBody("multipart/form-data", RequestSchema)
            .WithErrors(
                "missing_file", "invalid_form", "invalid_content_type", "invalid_audio", "invalid_value", "unsupported_language", "model_not_found", "payload_too_large",
                "provider_rejected", "provider_failed", "provider_unavailable", "rate_limit_exceeded")
            .WithRequestExample("""{"file":"@recording.wav","model":"default","language":"en"}""")
            .Produces<TranscriptionJson>()
            .WithResponseExample("""{"text":"what time do you open","confidence":0.93,"usage":{"type":"duration","seconds":3}}""");

    private static async Task<Results<TranscriptionResult, ProblemHttpResult>> TranslateAsync(
        HttpRequest http, EngineCatalog engines, AudioFileReader files, FileTranscription transcription, CancellationToken cancellationToken)
    {
        var (fields, refusal) = await AudioForm.ReadAsync(http, cancellationToken);
        if (fields is null)
        {
            return refusal!;
        }

        var form = TranscriptionForm.OfTranslation(fields);
        var ask = EngineAsk.Of(http.HttpContext, form.Model, form.Language);
        var (route, translator) = await ChooseAsync(engines, ask, cancellationToken);
        await using var file = form.File.OpenReadStream();
        var audio = await files.ReadAsync(file, form.File.Length, cancellationToken);
        // The recording is what is counted, whether one engine or two made English of it.
        UsageMeter.Of(http.HttpContext)?.Add(UsageKinds.AudioSeconds, (decimal)audio.Duration.TotalSeconds);
        var segments = transcription.TranscribeAsync(route, audio, new FileTranscriptionOptions(null, form.Language, form.Prompt, ToEnglish: translator is null), cancellationToken);
        if (translator is not null)
        {
            segments = TranslatedAsync(segments, translator, form.Language, cancellationToken);
        }

        return new TranscriptionResult(
            Transcript.Of(form, [audio], "translate", English), await segments.Select(segment => new SpokenSegment(segment, 0)).ToListAsync(cancellationToken));
    }

    /// <returns>No translator where the engine gives English itself.</returns>
    private static async Task<(EngineRoute<IFileTranscriber> Route, ITranslator? Translator)> ChooseAsync(EngineCatalog engines, EngineAsk ask, CancellationToken cancellationToken)
    {
        try
        {
            return (await engines.FileTranscriberAsync(ask with { ToEnglish = true }, cancellationToken), null);
        }
        catch (ModelNotFoundException)
        {
            // None of those who may answer does both. A model that does not exist is found out here again.
            return (await engines.FileTranscriberAsync(ask, cancellationToken), (await engines.TranslatorAsync(ask with { Model = null }, cancellationToken)).Engine);
        }
    }

    private static async IAsyncEnumerable<TranscribedSegment> TranslatedAsync(
        IAsyncEnumerable<TranscribedSegment> segments, ITranslator translator, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var segment in segments.WithCancellation(cancellationToken))
        {
            // The times of the words are those of other words.
            yield return segment with { Text = await translator.TranslateAsync(segment.Text, language, English, cancellationToken), Words = [] };
        }
    }
}
