using System.Buffers;
using System.Net.WebSockets;

namespace Voice.Api.Realtime;

/// <summary>Whole messages over a WebSocket. One receiver and one sender at a time.</summary>
internal sealed class RealtimeSocket(WebSocket socket)
{
    /// <summary>15 MiB of audio in base64, and its envelope.</summary>
    public const int MaxMessage = (15 * 1024 * 1024 / 3 * 4) + (64 * 1024);

    private const int UsualMessage = 16 * 1024;

    private byte[]? _buffer;

    /// <summary>The client closed a connection it takes for dead, to come back over another.</summary>
    public bool GivenUp => socket.CloseStatus == RealtimeCloses.GivenUp;

    /// <summary>The next message; its memory is good until the next call.</summary>
    public async ValueTask<(ReceivedKind Kind, ReadOnlyMemory<byte> Message)> ReceiveAsync(CancellationToken cancellationToken)
    {
        Release();
        // Waits without a buffer: between two frames there are 20 ms, and most sessions wait most of the time.
        var part = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        var length = 0;
        var buffer = _buffer = ArrayPool<byte>.Shared.Rent(UsualMessage);
        while (part.MessageType != WebSocketMessageType.Close)
        {
            length += part.Count;
            if (part.EndOfMessage)
            {
                return (part.MessageType == WebSocketMessageType.Text ? ReceivedKind.Text : ReceivedKind.Binary, buffer.AsMemory(0, length));
            }

            if (length >= MaxMessage)
            {
                return (ReceivedKind.TooLarge, default);
            }

            if (length == buffer.Length)
            {
                buffer = Grow(length);
            }

            part = await socket.ReceiveAsync(buffer.AsMemory(length, Math.Min(buffer.Length, MaxMessage) - length), cancellationToken);
        }

        return (ReceivedKind.Close, default);
    }

    /// <summary>Nothing is received any more: gives back what the last message lay in.</summary>
    public void Release()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

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

    private byte[] Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(length * 2, MaxMessage));
        _buffer!.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer!);
        return _buffer = larger;
    }
}

internal enum ReceivedKind
{
    Text,
    Binary,
    Close,
    TooLarge,
}
