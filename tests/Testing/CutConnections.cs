using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Voice.Testing;

/// <summary>A TCP proxy on loopback whose connections the test breaks (as a network does: no goodbye) or lets starve.</summary>
public sealed class CutConnections : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(Socket Client, Socket Server)> _pairs = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Task> _tasks = new();
    private readonly Uri _target;

    private CutConnections(Uri target) => _target = target;

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public static CutConnections To(Uri target)
    {
        var proxy = new CutConnections(target);
        proxy._listener.Start();
        proxy._tasks.Enqueue(proxy.AcceptAsync());
        return proxy;
    }

    /// <summary>Breaks everything that is open, in both directions.</summary>
    public void Cut()
    {
        while (_pairs.TryDequeue(out var pair))
        {
            Reset(pair.Client);
            Reset(pair.Server);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await Task.WhenAll(_tasks).OrTimeout();
        _stop.Dispose();
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await server.ConnectAsync(_target.Host, _target.Port, _stop.Token);
                client.NoDelay = true;
                _pairs.Enqueue((client, server));
                _tasks.Enqueue(CopyAsync(client, server));
                _tasks.Enqueue(CopyAsync(server, client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut, or closed by either side.
        }
    }
}
