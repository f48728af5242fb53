using System.Globalization;
using System.Text;

namespace Voice.Inference.Transcription;

/// <summary>A transcript in the format that was asked for.</summary>
internal sealed class TranscriptionResult(
    TranscriptionFormat format, string language, TimeSpan duration, IReadOnlyList<TranscribedSegment> segments, bool wordTimes) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var text = string.Join(' ', segments.Select(s => s.Text));
        var usage = new DurationUsage("duration", (int)Math.Ceiling(duration.TotalSeconds));
        return format switch
        {
            TranscriptionFormat.Json => WriteJsonAsync(httpContext, new TranscriptionJson(text, Confidence(), usage), TranscriptionWire.Default.TranscriptionJson),
            TranscriptionFormat.VerboseJson => WriteJsonAsync(httpContext, Verbose(text, usage), TranscriptionWire.Default.VerboseTranscriptionJson),
            TranscriptionFormat.Srt => WriteTextAsync(httpContext, "application/x-subrip", Subtitles("", ',', numbered: true)),
            TranscriptionFormat.Vtt => WriteTextAsync(httpContext, "text/vtt", Subtitles("WEBVTT\n\n", '.', numbered: false)),
            _ => WriteTextAsync(httpContext, "text/plain", text + "\n"),
        };
    }

    private VerboseTranscriptionJson Verbose(string text, DurationUsage usage) => new(
        "transcribe",
        language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "english" : language,
        Math.Round(duration.TotalSeconds, 3),
        text,
        wordTimes ? [.. segments.SelectMany(s => s.Words).Select(w => new WordJson(w.Word, Math.Round(w.Start, 3), Math.Round(w.End, 3), Math.Round(w.Confidence, 3)))] : null,
        [.. segments.Select((s, i) => Segment(s, i))],
        usage);

    // What this engine does not measure is null, not invented: tokens, temperature, compression ratio.
    private static SegmentJson Segment(TranscribedSegment segment, int index) => new(
        index, Math.Round(segment.Start, 3), Math.Round(segment.End, 3), segment.Text, segment.Confidence is { } c ? Math.Round(Math.Log(Math.Max(c, 1e-4)), 4) : null,
        segment.Confidence is { } confidence ? Math.Round(confidence, 3) : null);

    private double? Confidence()
    {
        var known = segments.Where(s => s.Confidence is not null).ToList();
        var length = known.Sum(s => s.Text.Length);
        return length == 0 ? null : Math.Round(known.Sum(s => s.Confidence!.Value * s.Text.Length) / length, 3);
    }

    private string Subtitles(string header, char decimals, bool numbered)
    {
        var text = new StringBuilder(header);
        for (var i = 0; i < segments.Count; i++)
        {
            if (numbered)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i + 1}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Time(segments[i].Start, decimals)} --> {Time(segments[i].End, decimals)}\n{segments[i].Text}\n\n");
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
