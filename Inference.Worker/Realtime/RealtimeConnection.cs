using System.Net.WebSockets;
using System.Text.Json;
using Voice.ServiceDefaults;

namespace Voice.Inference.Realtime;

/// <summary>A WebSocket of events: receives whole messages up to a limit, sends one at a time.</summary>
internal sealed class RealtimeConnection(WebSocket socket, TimeProvider time) : IAsyncDisposable
{
    /// <summary>OpenAI's limit for one append event.</summary>
    private const int MaxMessage = 15 * 1024 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly SemaphoreSlim _sending = new(1, 1);
    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>Null when the peer has closed or is gone. The message is valid until the next call.</summary>
    public async ValueTask<(bool Binary, ReadOnlyMemory<byte> Message)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                length += part.Count;
                if (part.EndOfMessage)
                {
                    return (part.MessageType == WebSocketMessageType.Binary, _buffer.AsMemory(0, length));
                }

                if (length == _buffer.Length)
                {
                    if (length >= MaxMessage)
                    {
                        await CloseAsync(WebSocketCloseStatus.MessageTooBig, "A message may have 15 MB.");
                        return null;
                    }

                    Array.Resize(ref _buffer, Math.Min(length * 4, MaxMessage));
                }
            }
        }
        catch (WebSocketException)
        {
            // The client vanished without a close frame, as most SDKs do on dispose.
            return null;
        }
    }

    /// <summary>A client that is gone is noticed by the receive loop; one that does not read for long is cut off.</summary>
    public async ValueTask SendAsync(object message, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            using var timeout = new CancellationTokenSource(SendTimeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, stop.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or InvalidOperationException or ObjectDisposedException)
        {
            socket.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    public ValueTask SendErrorAsync(string code, string message, string? param, string? clientEventId, CancellationToken cancellationToken) => SendAsync(
        new { type = "error", event_id = NewEventId(), error = new { type = "invalid_request_error", code, message, param, event_id = clientEventId } },
        cancellationToken);

    public string NewEventId() => Ids.New("event", time);

    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        using var timeout = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            await _sending.WaitAsync(timeout.Token);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync(status, reason, timeout.Token);
                }
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
    }

    public ValueTask DisposeAsync()
    {
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }
}
