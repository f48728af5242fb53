using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Audio;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Transcription;

/// <summary><c>POST /v1/audio/transcriptions</c>, as OpenAI defines it.</summary>
internal static class TranscriptionApi
{
    /// <summary>OpenAI's own limit for a file, and some room for the form around it.</summary>
    public const int MaxFile = 25 * 1024 * 1024;

    private const int MaxBody = MaxFile + (64 * 1024);

    public static void MapTranscriptionApi(this IEndpointRouteBuilder group) =>
        group.MapPost("/audio/transcriptions", TranscribeAsync)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody))
            .DisableAntiforgery();

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

        var route = engines.Transcriber(form.Model);
        var audio = await files.ReadAsync(form.File, cancellationToken);
        UsageMeter.Of(http.HttpContext)?.Add(UsageKinds.AudioSeconds, (decimal)audio.Duration.TotalSeconds);
        var segments = transcription.TranscribeAsync(route, audio, form.Language, form.Prompt, cancellationToken);
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
