using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Voice.Core.Providers;

namespace Voice.Api.Providers;

/// <summary>
/// One socket to inference-worker. There is no queue in between: a slow reader leaves events on the wire, where TCP slows the worker down,
/// and a slow worker makes <see cref="AppendAsync"/> wait. Reconnecting is the conversation's decision, since only it knows what to repeat.
/// </summary>
internal sealed class InferenceLiveTranscription(ClientWebSocket socket) : ILiveTranscription
{
    private const int MaxEventBytes = 1024 * 1024;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    private static readonly ReadOnlyMemory<byte> ClearEvent = """{"type":"input_audio_buffer.clear"}"""u8.ToArray();

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly PendingCommits _commits = new();
    private byte[] _received = new byte[4096];
    private volatile bool _disposed;

    /// <summary>Says what will be sent, and waits until the worker has agreed.</summary>
    public async Task ConfigureAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        var update = new TranscriptionSessionUpdate(new TranscriptionSession(new TranscriptionAudio(new TranscriptionInput(
            new TranscriptionFormat(options.SampleRate), new TranscriptionModel(options.Model, options.Language, options.Prompt)))));
        await SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(update, ProviderJson.Default.TranscriptionSessionUpdate),
            WebSocketMessageType.Text,
            cancellationToken);
        while (await ReceiveAsync(cancellationToken) is var answer && answer.Type != "session.updated")
        {
            if (answer.Type == "error")
            {
                throw Refusal(answer.Error);
            }
        }
    }

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) =>
        SendAsync(pcm, WebSocketMessageType.Binary, cancellationToken);

    public async ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
    {
        var commit = new TranscriptionCommit(utteranceId, Activity.Current?.Id);
        _commits.Add(utteranceId);
        await SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(commit, ProviderJson.Default.TranscriptionCommit), WebSocketMessageType.Text, cancellationToken);
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken) => SendAsync(ClearEvent, WebSocketMessageType.Text, cancellationToken);

    public async IAsyncEnumerable<TranscriptionEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProviderException? failure = null;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            while (failure is null)
            {
                TranscriptionServerEvent? received = null;
                try
                {
                    received = await ReceiveAsync(cancellationToken);
                }
                catch (ProviderException exception)
                {
                    failure = exception;
                }

                if (received is not null && Map(received) is { } known)
                {
                    yield return known;
                }
            }
        }
        finally
        {
            _reading.Release();
        }

        // What was not answered is not failed: whoever holds the audio can send it to another stream.
        if (!_disposed)
        {
            throw failure;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var limit = new CancellationTokenSource(CloseTimeout, TimeProvider.System);
            try
            {
                await CloseAsync(limit.Token);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
            {
                // A courtesy to a peer that is already gone.
            }
        }

        socket.Abort();
        socket.Dispose();
    }

    // Waits for the peer's answer: what is aborted with events unread is reset, and a reset can overtake the close on its way.
    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "OK", cancellationToken);
        }
        finally
        {
            _sending.Release();
        }

        await _reading.WaitAsync(cancellationToken);
        while (socket.State == WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(_received.AsMemory(), cancellationToken);
        }
    }

    private TranscriptionEvent? Map(TranscriptionServerEvent received)
    {
        switch (received.Type)
        {
            case "voiceaspire.transcript.partial":
                return new TranscriptionEvent.Partial(received.Text ?? "") { Utterance = received.Utterance };
            case "input_audio_buffer.committed":
                _commits.Name(received.ItemId);
                return null;
            case "conversation.item.input_audio_transcription.completed":
                return _commits.Take(received.ItemId) is { } done
                    ? new TranscriptionEvent.Final(done, received.Transcript ?? "", received.Confidence)
                    : null;
            case "conversation.item.input_audio_transcription.failed":
                return _commits.Take(received.ItemId) is { } failed
                    ? new TranscriptionEvent.Failed(failed, received.Error?.Message ?? "The transcription failed.")
                    : null;
            case "error":
                // A commit that was refused, e.g. of nothing: `event_id` names it. Other errors have no one waiting for them.
                return received.Error?.EventId is { } id && _commits.Remove(id)
                    ? new TranscriptionEvent.Failed(id, received.Error.Message ?? "The transcription was refused.")
                    : null;
            default:
                return null;
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(message, type, endOfMessage: true, cancellationToken);
        }
        catch (Exception exception) when (IsBroken(exception, cancellationToken))
        {
            throw Lost(exception);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async ValueTask<TranscriptionServerEvent> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(_received.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    throw Lost(null);
                }

                length += part.Count;
                if (part.EndOfMessage)
                {
                    return JsonSerializer.Deserialize(_received.AsSpan(0, length), ProviderJson.Default.TranscriptionServerEvent)
                        ?? throw new JsonException("An event is an object.");
                }

                if (length == _received.Length)
                {
                    Grow();
                }
            }
        }
        catch (JsonException exception)
        {
            throw new ProviderException(ProviderFailures.Failed, "The transcription's answer could not be read.", exception);
        }
        catch (Exception exception) when (IsBroken(exception, cancellationToken))
        {
            throw Lost(exception);
        }
    }

    private void Grow()
    {
        if (_received.Length >= MaxEventBytes)
        {
            throw new ProviderException(ProviderFailures.Failed, "The transcription sent an event that is too large.");
        }

        Array.Resize(ref _received, _received.Length * 4);
    }

    // A socket that is aborted, by a missing pong or by disposal, reports a cancellation that nobody asked for.
    private static bool IsBroken(Exception exception, CancellationToken cancellationToken) =>
        exception is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static ProviderException Lost(Exception? exception) =>
        new(ProviderFailures.Unavailable, "The connection to the transcription was lost.", exception);

    private static ProviderException Refusal(TranscriptionServerError? error) =>
        ProviderFailures.FromEvent(new ProviderError(error?.Message, error?.Type, null, error?.Code));
}
