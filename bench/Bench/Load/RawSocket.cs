using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Voice.Bench.Running;

namespace Voice.Bench.Load;

/// <summary>A WebSocket at its barest: upgraded while the caller waits, read and written without waiting. Not thread-safe.</summary>
internal sealed class RawSocket : IDisposable
{
    private const int MostUnsent = 1024 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _rest = [];
    private int _restLength;
    private byte[] _unsent = [];

    private RawSocket()
    {
    }

    public int Handle => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <summary>A server that stopped reading, or went away.</summary>
    public bool Broken { get; private set; }

    public static RawSocket Connect(LoadTarget target)
    {
        var connection = new RawSocket();
        try
        {
            connection.Upgrade(target);
            return connection;
        }
        catch (SocketException failure)
        {
            connection.Dispose();
            throw new BenchmarkException($"{target.Address} cannot be reached: {failure.Message}", failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> frame)
    {
        if (_unsent.Length > 0)
        {
            Flush();
        }

        var sent = _unsent.Length > 0 || Broken ? 0 : TrySend(frame);
        if (sent < frame.Length && !Broken)
        {
            Broken = _unsent.Length + frame.Length > MostUnsent;
            _unsent = [.. _unsent, .. frame[sent..]];
        }
    }

    /// <summary>Reads what is there, with what was left of the last time before it.</summary>
    /// <returns>0 where there is nothing, or nobody.</returns>
    public int Receive(Span<byte> buffer)
    {
        _rest.AsSpan(0, _restLength).CopyTo(buffer);
        var count = _socket.Receive(buffer[_restLength..], SocketFlags.None, out var error);
        Broken |= error is not (SocketError.Success or SocketError.WouldBlock) || (error == SocketError.Success && count == 0);
        return _restLength + (error == SocketError.Success ? count : 0);
    }

    /// <summary>The beginning of a frame, for the next time.</summary>
    public void Keep(ReadOnlySpan<byte> rest)
    {
        if (_rest.Length < rest.Length)
        {
            _rest = new byte[rest.Length * 2];
        }

        rest.CopyTo(_rest);
        _restLength = rest.Length;
    }

    /// <summary>The next message, waited for. Only before the socket is watched by a loop, as all that waits.</summary>
    public string ReceiveText(byte[] buffer) =>
        ReceiveFrame(buffer) is (WebSocketFrame.Text, var payload) ? Encoding.UTF8.GetString(payload) : throw new BenchmarkException("The server closed the connection.");

    /// <returns>The code that the server closes with; null where it says something else, or nothing.</returns>
    public int? ReceiveClose(byte[] buffer) =>
        ReceiveFrame(buffer) is (WebSocketFrame.Close, [var high, var low, ..]) ? (high << 8) | low : null;

    public void StopWaiting() => _socket.Blocking = false;

    public void Dispose() => _socket.Dispose();

    private (byte Opcode, byte[] Payload) ReceiveFrame(byte[] buffer)
    {
        while (true)
        {
            if (WebSocketFrame.TryRead(_rest.AsSpan(0, _restLength), out var opcode, out var payload, out var length))
            {
                byte[] taken = [.. payload];
                Keep(_rest.AsSpan(length, _restLength - length).ToArray());
                if (opcode is WebSocketFrame.Text or WebSocketFrame.Close)
                {
                    return (opcode, taken);
                }

                continue;
            }

            var count = _socket.Receive(buffer);
            if (count == 0)
            {
                return (0, []);
            }

            byte[] all = [.. _rest.AsSpan(0, _restLength), .. buffer.AsSpan(0, count)];
            Keep(all);
        }
    }

    private void Flush()
    {
        var sent = TrySend(_unsent);
        _unsent = _unsent[sent..];
    }

    private int TrySend(ReadOnlySpan<byte> bytes)
    {
        var sent = _socket.Send(bytes, SocketFlags.None, out var error);
        Broken |= error is not (SocketError.Success or SocketError.WouldBlock);
        return error == SocketError.Success ? sent : 0;
    }

    private void Upgrade(LoadTarget target)
    {
        _socket.ReceiveTimeout = 10_000;
        _socket.Connect(IPAddress.Loopback, target.Address.Port);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var request = $"GET {target.Address.PathAndQuery} HTTP/1.1\r\nHost: {target.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{(target.Token is { } token ? $"Authorization: Bearer {token}\r\n" : "")}\r\n";
        _socket.Send(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[16 * 1024];
        var length = 0;
        int end;
        while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var count = length == buffer.Length ? 0 : _socket.Receive(buffer.AsSpan(length));
            length += count > 0 ? count : throw new BenchmarkException($"{target.Address} does not answer as HTTP does.");
        }

        var status = Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan().IndexOf("\r\n"u8));
        if (!status.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new BenchmarkException($"{target.Address} refused the upgrade: {status}");
        }

        Keep(buffer.AsSpan(end + 4, length - end - 4));
    }
}
