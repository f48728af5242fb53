using System.Net.WebSockets;

namespace Voice.Api.Realtime;

/// <summary>One socket of a session, from its upgrade to its close. The session it belongs to may outlive it.</summary>
internal sealed class RealtimeConnection(RealtimeSocket socket, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _abort = new(Timeout.InfiniteTimeSpan, time);
    private readonly TaskCompletionSource<bool> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _deaf;

    /// <summary>The session has done with the socket: the request that brought it may end. False where the session was over before it came.</summary>
    public Task<bool> Released => _released.Task;

    /// <summary>The receive loop: owns how receiving ends; what a message does is the input's. Waits for nothing but the socket.</summary>
    public async Task<EndReason> ReceiveAsync(SessionInput input)
    {
        try
        {
            while (true)
            {
                var (kind, message) = await socket.ReceiveAsync(_abort.Token);
                switch (kind)
                {
                    case ReceivedKind.Close:
                        return socket.GivenUp ? EndReason.ConnectionLost : EndReason.ClientClosed;
                    case var _ when _deaf:
                        // The rest of what a client had said before it came back over another connection.
                        break;
                    case ReceivedKind.TooLarge:
                        input.Refuse(new ProtocolException("message_too_large", "A message takes at most 15 MiB of audio in base64; the connection is closed."));
                        return EndReason.Error;
                    case ReceivedKind.Binary:
                        input.ProcessBinary(message);
                        break;
                    default:
                        input.Process(message);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // Vanished in the middle of a frame, stopped answering pings, or was cut off here after its time was up.
            return EndReason.ConnectionLost;
        }
        finally
        {
            socket.Release();
        }
    }

    /// <returns>False where the connection is gone. The receive loop finds out too.</returns>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> json)
    {
        try
        {
            await socket.SendAsync(json, _abort.Token);
            return true;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>From here on only its close is waited for.</summary>
    public void StopListening() => _deaf = true;

    /// <summary>However far the client has come with reading and saying goodbye by then.</summary>
    public void AbortAfter(TimeSpan limit) => _abort.CancelAfter(limit);

    public Task CloseOutputAsync(WebSocketCloseStatus status, string reason) => socket.CloseOutputAsync(status, reason, _abort.Token);

    public void Release(bool served = true) => _released.TrySetResult(served);

    public void Dispose() => _abort.Dispose();
}
