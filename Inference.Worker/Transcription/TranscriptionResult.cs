using System.Globalization;
using System.Text;

namespace Voice.Inference.Transcription;

/// <summary>A transcript in the format that was asked for.</summary>
internal sealed class TranscriptionResult(Transcript transcript, IReadOnlyList<SpokenSegment> spoken) : IResult
{
    private readonly IReadOnlyList<TranscribedSegment> _segments = [.. spoken.Select(segment => segment.Segment)];

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var text = string.Join(' ', _segments.Select(s => s.Text));
        var usage = transcript.Usage;
        return transcript.Format switch
        {
            TranscriptionFormat.Json => WriteJsonAsync(httpContext, new TranscriptionJson(text, Confidence(), usage, transcript.LogProbs(spoken)), TranscriptionWire.Default.TranscriptionJson),
            TranscriptionFormat.VerboseJson => WriteJsonAsync(httpContext, Verbose(text, usage), TranscriptionWire.Default.VerboseTranscriptionJson),
            TranscriptionFormat.DiarizedJson => WriteJsonAsync(
                httpContext, new DiarizedJson(transcript.Task, Math.Round(transcript.Duration.TotalSeconds, 3), text, [.. spoken.Select(transcript.Diarized)], usage), TranscriptionWire.Default.DiarizedJson),
            TranscriptionFormat.Srt => WriteTextAsync(httpContext, "application/x-subrip", Subtitles("", ',', numbered: true)),
            TranscriptionFormat.Vtt => WriteTextAsync(httpContext, "text/vtt", Subtitles("WEBVTT\n\n", '.', numbered: false)),
            _ => WriteTextAsync(httpContext, "text/plain", text + "\n"),
        };
    }

    private VerboseTranscriptionJson Verbose(string text, DurationUsage usage) => new(
        transcript.Task,
        (Translation.LanguageNames.Find(transcript.Language.Split('-')[0]) ?? transcript.Language).ToLowerInvariant(),
        Math.Round(transcript.Duration.TotalSeconds, 3),
        text,
        transcript.WordTimes ? [.. _segments.SelectMany(s => s.Words).Select(w => new WordJson(w.Word, Math.Round(w.Start, 3), Math.Round(w.End, 3), Math.Round(w.Confidence, 3)))] : null,
        [.. _segments.Select(Segment)],
        usage);

    // What this engine does not measure is null, not invented: tokens, temperature, compression ratio.
    private static SegmentJson Segment(TranscribedSegment segment, int index) => new(
        index, (int)(segment.Start * 100), Math.Round(segment.Start, 3), Math.Round(segment.End, 3), segment.Text, segment.Confidence is { } c ? Math.Round(Math.Log(Math.Max(c, 1e-4)), 4) : null,
        segment.Confidence is { } confidence ? Math.Round(confidence, 3) : null);

    private double? Confidence()
    {
        var known = _segments.Where(s => s.Confidence is not null).ToList();
        var length = known.Sum(s => s.Text.Length);
        return length == 0 ? null : Math.Round(known.Sum(s => s.Confidence!.Value * s.Text.Length) / length, 3);
    }

    private string Subtitles(string header, char decimals, bool numbered)
    {
        var text = new StringBuilder(header);
        for (var i = 0; i < _segments.Count; i++)
        {
            if (numbered)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i + 1}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Time(_segments[i].Start, decimals)} --> {Time(_segments[i].End, decimals)}\n{_segments[i].Text}\n\n");
        }

        return text.ToString();
    }

    private static string Time(double seconds, char decimals)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{decimals}{time.Milliseconds:000}");
    }

    private static Task WriteJsonAsync<T>(HttpContext http, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        http.Response.WriteAsJsonAsync(body, type, cancellationToken: http.RequestAborted);

    private static Task WriteTextAsync(HttpContext http, string contentType, string body)
    {
        http.Response.ContentType = contentType + "; charset=utf-8";
        return http.Response.WriteAsync(body, http.RequestAborted);
    }
}
