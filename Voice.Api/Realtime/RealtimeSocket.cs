using System.Buffers;
using System.Net.WebSockets;

namespace Voice.Api.Realtime;

/// <summary>Whole messages over a WebSocket. One receiver and one sender at a time.</summary>
internal sealed class RealtimeSocket(WebSocket socket)
{
    /// <summary>15 MiB of audio in base64, and its envelope.</summary>
    public const int MaxMessage = (15 * 1024 * 1024 / 3 * 4) + (64 * 1024);

    private const int UsualMessage = 16 * 1024;

    private byte[] _buffer = new byte[UsualMessage];

    /// <summary>The client closed a connection it takes for dead, to come back over another.</summary>
    public bool GivenUp => socket.CloseStatus == RealtimeCloses.GivenUp;

    /// <summary>The next message; its memory is good until the next call.</summary>
    public async Task<(ReceivedKind Kind, ReadOnlyMemory<byte> Message)> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length > UsualMessage * 64)
        {
            // One large append must not keep megabytes for the rest of an hour.
            _buffer = new byte[UsualMessage];
        }

        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return (ReceivedKind.Close, default);
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return (part.MessageType == WebSocketMessageType.Text ? ReceivedKind.Text : ReceivedKind.Binary, _buffer.AsMemory(0, length));
            }

            if (length >= MaxMessage)
            {
                return (ReceivedKind.TooLarge, default);
            }

            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxMessage));
            }
        }
    }

    /// <param name="message">A JSON object, or binary audio: their first bytes differ.</param>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        socket.SendAsync(message, message.Span[0] == (byte)'{' ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    /// <summary>Says goodbye without waiting for the other's.</summary>
    public async Task CloseOutputAsync(WebSocketCloseStatus status, string reason, CancellationToken cancellationToken)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            try
            {
                await socket.CloseOutputAsync(status, reason, cancellationToken);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
            {
                // Gone already, which is what closing was to bring about.
                socket.Abort();
            }
        }
    }

    public void Abort() => socket.Abort();
}

internal enum ReceivedKind
{
    Text,
    Binary,
    Close,
    TooLarge,
}
