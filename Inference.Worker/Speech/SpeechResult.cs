using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Speech;

/// <summary>Speech, written as it is made. The first block is awaited before the response begins, so that a refusal still is an HTTP error.</summary>
internal sealed class SpeechResult : IResult
{
    private readonly IAsyncEnumerator<ReadOnlyMemory<byte>> _blocks;
    private readonly System.Diagnostics.Activity? _activity;
    private readonly TimeProvider _time;
    private readonly string _label;
    private readonly long _started;
    private readonly SpeechFormat _format;
    private readonly bool _events;
    private bool _more;

    private SpeechResult(IAsyncEnumerator<ReadOnlyMemory<byte>> blocks, string label, SpeechFormat format, bool events, TimeProvider time)
    {
        (_blocks, _label, _format, _events, _time) = (blocks, label, format, events, time);
        _started = time.GetTimestamp();
        _activity = InferenceTelemetry.Start("speech", label);
    }

    public static async Task<SpeechResult> CreateAsync(
        string label, IAsyncEnumerable<ReadOnlyMemory<byte>> audio, SpeechFormat format, bool events, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = new SpeechResult(audio.GetAsyncEnumerator(cancellationToken), label, format, events, time);
        try
        {
            result._more = await result._blocks.MoveNextAsync();
            InferenceTelemetry.Began("speech", label, time.GetElapsedTime(result._started));
            return result;
        }
        catch
        {
            await result.EndAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var cancellationToken = httpContext.RequestAborted;
        response.ContentType = _events ? "text/event-stream" : _format.ContentType;
        try
        {
            if (_format == SpeechFormat.Wav)
            {
                var header = new byte[WavWriter.HeaderLength];
                WavWriter.WriteHeader(header, ISpeechSynthesizer.SampleRate, 1, uint.MaxValue);
                await WriteAsync(response, header, cancellationToken);
            }

            while (_more)
            {
                await WriteAsync(response, _blocks.Current, cancellationToken);
                _more = await _blocks.MoveNextAsync();
            }

            if (_events)
            {
                await response.WriteAsync("data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":0,\"output_tokens\":0,\"total_tokens\":0}}\n\n", cancellationToken);
            }

            InferenceTelemetry.Completed("speech", _label, _time.GetElapsedTime(_started));
        }
        catch (Exception failure) when (EngineFailure.From(failure) is not null)
        {
            // Half of the speech is out: only breaking the connection tells the client that it was not all.
            httpContext.Abort();
        }
        finally
        {
            await EndAsync();
        }
    }

    private async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> audio, CancellationToken cancellationToken)
    {
        if (_events)
        {
            await response.WriteAsync($"data: {{\"type\":\"speech.audio.delta\",\"audio\":\"{Convert.ToBase64String(audio.Span)}\"}}\n\n", cancellationToken);
        }
        else
        {
            await response.Body.WriteAsync(audio, cancellationToken);
        }

        await response.Body.FlushAsync(cancellationToken);
    }

    private async Task EndAsync()
    {
        await _blocks.DisposeAsync();
        _activity?.Dispose();
    }
}
