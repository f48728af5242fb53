using Voice.Inference.Transcription;

namespace Voice.Inference.TranscriptionJobs.Results;

/// <summary>A job's transcript in the format that is asked for: those of <c>/v1/audio/transcriptions</c>.</summary>
internal sealed class JobResult(Transcript transcript, string format, bool wordTimes) : IResult
{
    public const string Diarized = "diarized_json";

    public static readonly IReadOnlyList<string> Formats = ["json", "text", "srt", "vtt", "verbose_json", Diarized];

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (format == Diarized)
        {
            return httpContext.Response.WriteAsJsonAsync(DiarizedJson.From(transcript), DiarizedWire.Default.DiarizedJson, cancellationToken: httpContext.RequestAborted);
        }

        var kind = format switch
        {
            "text" => TranscriptionFormat.Text,
            "srt" => TranscriptionFormat.Srt,
            "vtt" => TranscriptionFormat.Vtt,
            "verbose_json" => TranscriptionFormat.VerboseJson,
            _ => TranscriptionFormat.Json,
        };
        var told = new Transcription.Transcript(kind, transcript.Language, TimeSpan.FromSeconds(transcript.Duration), wordTimes);
        return new TranscriptionResult(told, [.. transcript.Segments.Select(one => new SpokenSegment(one.Segment, 0))]).ExecuteAsync(httpContext);
    }
}
