using Voice.Bench.Running;

namespace Voice.Bench.Load;

/// <summary>One simulated user. Everything but the constructor runs on the loop's thread.</summary>
internal abstract class LoadClient(RawSocket socket) : IDisposable
{
    private byte[]? _goodbye;

    public RawSocket Socket { get; } = socket;

    /// <summary>When its next frame is due; the loop's.</summary>
    public long Due { get; set; }

    /// <summary>The close code that the server sent; 1006 where the connection broke without one.</summary>
    public int? Closed { get; private set; }

    /// <summary>The next 20 ms of its microphone, as a frame of the wire; nothing where it says nothing.</summary>
    public abstract ReadOnlySpan<byte> NextFrame(long now);

    protected abstract void OnMessage(ReadOnlySpan<byte> json, long now);

    public void Send(long now)
    {
        if (Closed is not null)
        {
            return;
        }

        var frame = _goodbye ?? NextFrame(now);
        if (!frame.IsEmpty)
        {
            Socket.Send(frame);
        }

        _goodbye = null;
        NoteBreak();
    }

    public void Receive(byte[] buffer, TimeProvider time)
    {
        var length = Socket.Receive(buffer);
        var now = time.GetTimestamp();
        var received = buffer.AsSpan(0, length);
        var any = length > 0;
        while (WebSocketFrame.TryRead(received, out var opcode, out var payload, out var taken))
        {
            received = received[taken..];
            switch (opcode)
            {
                case WebSocketFrame.Text:
                    OnMessage(payload, now);
                    break;
                case WebSocketFrame.Ping:
                    Socket.Send(WebSocketFrame.Make(WebSocketFrame.Pong, payload));
                    break;
                case WebSocketFrame.Close:
                    Closed ??= payload.Length >= 2 ? (payload[0] << 8) | payload[1] : 1005;
                    Socket.Send(WebSocketFrame.Make(WebSocketFrame.Close, payload));
                    break;
            }
        }

        if (any)
        {
            if (received.Length == buffer.Length)
            {
                throw new BenchmarkException("A message is larger than the buffer.");
            }

            Socket.Keep(received);
        }

        NoteBreak();
    }

    /// <summary>Closes as a client that has done: with its next frame.</summary>
    public void Leave() => _goodbye = WebSocketFrame.Make(WebSocketFrame.Close, [0x03, 0xe8]);

    public void Dispose() => Socket.Dispose();

    private void NoteBreak()
    {
        if (Socket.Broken)
        {
            Closed ??= 1006;
        }
    }
}
