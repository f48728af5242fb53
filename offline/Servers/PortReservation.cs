using System.Net;
using System.Net.Sockets;

namespace Voice.Offline.Servers;

/// <summary>
/// A loopback port that is ours until disposed. The socket is bound but never listens: Linux lets a server that sets SO_REUSEADDR (all of
/// ours do) bind and listen on it meanwhile, and gives it to nobody who asks for any free port, so nothing can slip in between.
/// </summary>
public sealed class PortReservation : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public PortReservation()
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public void Dispose() => _socket.Dispose();
}
