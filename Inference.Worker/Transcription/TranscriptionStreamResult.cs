using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voice.Inference.Engines;

namespace Voice.Inference.Transcription;

/// <summary>A transcript as server-sent events: <c>transcript.text.delta</c> for each stretch of speech, then <c>transcript.text.done</c>.</summary>
internal sealed class TranscriptionStreamResult : IResult
{
    private readonly Transcript _transcript;
    private readonly IAsyncEnumerator<SpokenSegment> _segments;
    private bool _more;

    private TranscriptionStreamResult(Transcript transcript, IAsyncEnumerator<SpokenSegment> segments, bool more)
    {
        _transcript = transcript;
        _segments = segments;
        _more = more;
    }

    public static async Task<TranscriptionStreamResult> CreateAsync(Transcript transcript, IAsyncEnumerable<SpokenSegment> segments, CancellationToken cancellationToken)
    {
        var enumerator = segments.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new TranscriptionStreamResult(transcript, enumerator, await enumerator.MoveNextAsync());
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
        var spoken = new List<SpokenSegment>();
        await using var segments = _segments;
        try
        {
            while (_more)
            {
                var segment = segments.Current;
                var delta = (text.Length == 0 ? "" : " ") + segment.Segment.Text;
                text.Append(delta);
                var diarized = _transcript.Format == TranscriptionFormat.DiarizedJson ? _transcript.Diarized(segment, spoken.Count) : null;
                spoken.Add(segment);
                await WriteAsync(response, new TranscriptDelta(delta, _transcript.LogProbs([segment]), diarized?.Id), TranscriptionWire.Default.TranscriptDelta);
                if (diarized is not null)
                {
                    await WriteAsync(response, diarized, TranscriptionWire.Default.DiarizedSegmentJson);
                }

                _more = await segments.MoveNextAsync();
            }

            await WriteAsync(response, new TranscriptDone(text.ToString(), _transcript.Usage, _transcript.LogProbs(spoken)), TranscriptionWire.Default.TranscriptDone);
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
