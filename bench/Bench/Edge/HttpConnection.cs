using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Voice.Bench.Running;

namespace Voice.Bench.Edge;

/// <summary>A connection that asks for the same thing again and again. Not thread-safe.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _length;

    public HttpConnection(Uri address, string? token)
    {
        _request = Encoding.ASCII.GetBytes(
            $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: */*\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}\r\n");
        _socket.Connect(IPAddress.Loopback, address.Port);
        _socket.Blocking = false;
    }

    public int Handle => (int)_socket.SafeHandle.DangerousGetHandle();

    /// <summary>When what it waits for was due; 0 while it waits for nothing.</summary>
    public long AskedAt { get; private set; }

    public void Ask(long at)
    {
        AskedAt = at;
        if (_socket.Send(_request, SocketFlags.None, out var error) != _request.Length)
        {
            throw new BenchmarkException($"A request was not sent: {error}.");
        }
    }

    /// <returns>The status of an answer that is whole; 0 where it is not yet.</returns>
    public int Receive()
    {
        var count = _socket.Receive(_buffer.AsSpan(_length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return 0;
        }

        if (error != SocketError.Success || count == 0)
        {
            throw new BenchmarkException($"The server closed a connection ({error}).");
        }

        _length += count;
        var all = _buffer.AsSpan(0, _length);
        var end = all.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        var headers = all[..end];
        var body = all[(end + 4)..];
        // nginx and Kestrel write it with capitals, Node without.
        var length = Value(headers, "\r\nContent-Length: "u8);
        length = length.IsEmpty ? Value(headers, "\r\ncontent-length: "u8) : length;
        var whole = !length.IsEmpty && Utf8Parser.TryParse(length, out int bytes, out _)
            ? body.Length >= bytes
            : body.EndsWith("0\r\n\r\n"u8);
        if (!whole)
        {
            return 0;
        }

        _length = 0;
        AskedAt = 0;
        return Utf8Parser.TryParse(headers[9..12], out int status, out _) ? status : throw new BenchmarkException("An answer has no status.");
    }

    public void Dispose() => _socket.Dispose();

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        var at = headers.IndexOf(name);
        return at < 0 ? [] : headers[(at + name.Length)..];
    }
}
