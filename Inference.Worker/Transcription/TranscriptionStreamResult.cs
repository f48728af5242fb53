using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voice.Inference.Engines;

namespace Voice.Inference.Transcription;

/// <summary>A transcript as server-sent events: <c>transcript.text.delta</c> for each stretch of speech, then <c>transcript.text.done</c>.</summary>
internal sealed class TranscriptionStreamResult : IResult
{
    private readonly IAsyncEnumerator<TranscribedSegment> _segments;
    private readonly TimeSpan _duration;
    private bool _more;

    private TranscriptionStreamResult(IAsyncEnumerator<TranscribedSegment> segments, bool more, TimeSpan duration)
    {
        _segments = segments;
        _more = more;
        _duration = duration;
    }

    public static async Task<TranscriptionStreamResult> CreateAsync(IAsyncEnumerable<TranscribedSegment> segments, TimeSpan duration, CancellationToken cancellationToken)
    {
        var enumerator = segments.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new TranscriptionStreamResult(enumerator, await enumerator.MoveNextAsync(), duration);
        }
        catch
        {
            await enumerator.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        var text = new StringBuilder();
        await using var segments = _segments;
        try
        {
            while (_more)
            {
                var delta = (text.Length == 0 ? "" : " ") + segments.Current.Text;
                text.Append(delta);
                await WriteAsync(response, new TranscriptDelta(delta), TranscriptionWire.Default.TranscriptDelta);
                _more = await segments.MoveNextAsync();
            }

            var usage = new DurationUsage("duration", (int)Math.Ceiling(_duration.TotalSeconds));
            await WriteAsync(response, new TranscriptDone(text.ToString(), usage), TranscriptionWire.Default.TranscriptDone);
        }
        catch (Exception failure) when (EngineFailure.From(failure) is { } known)
        {
            // The status is long sent; SDKs throw at a chunk with `error`.
            await WriteAsync(response, new StreamError(new StreamErrorDetail(known.Message, "server_error", known.Code)), TranscriptionWire.Default.StreamError);
        }
    }

    private static async Task WriteAsync<T>(HttpResponse response, T body, JsonTypeInfo<T> type)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(body, type)}\n\n", response.HttpContext.RequestAborted);
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }
}
