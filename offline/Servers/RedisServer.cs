using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Offline.Servers;

/// <summary>A private Redis on a loopback port, run from the binary on this machine. It keeps nothing: what is in Redis can be lost.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly PortReservation? _reservation;

    private RedisServer(ChildProcess process, PortReservation? reservation, int port, string password)
    {
        (_process, _reservation, Port, Password) = (process, reservation, port, password);
    }

    public string Password { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    public Task<int> Exited => _process.Exited;

    public IReadOnlyList<string> Tail => _process.Tail;

    /// <summary>In the form of StackExchange.Redis.</summary>
    public string ConnectionString => $"127.0.0.1:{Port},password={Password}";

    /// <summary>Port 0 is any free one; without a password one is made up.</summary>
    public static async Task<RedisServer> StartAsync(
        string dataDirectory, int port = 0, string? password = null, Action<string>? onLine = null, CancellationToken cancellationToken = default)
    {
        var program = Executables.Require("redis-server", "redis-server");
        var folder = Directory.CreateDirectory(dataDirectory).FullName;
        password ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        // A file, because arguments are for every user of the machine to read.
        var configuration = Path.Combine(folder, "redis.conf");
        var reservation = port == 0 ? new PortReservation() : null;
        port = reservation?.Port ?? port;
        PrivateFile.Write(configuration, string.Create(CultureInfo.InvariantCulture,
            $"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndatabases 512\nsave \"\"\nappendonly no\ndir {Quote(folder)}\n"));
        var process = await ChildProcess.StartAsync(
            new ChildProcessOptions { FileName = program, Arguments = [configuration], DeathSignal = UnixSignal.Kill, OnLine = onLine }, cancellationToken);
        var server = new RedisServer(process, reservation, port, password);
        try
        {
            await Readiness.WaitAsync("Redis", process, TimeSpan.FromSeconds(15), server.AnswersAsync, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(UnixSignal.Terminate, TimeSpan.FromSeconds(2));
        await _process.DisposeAsync();
        _reservation?.Dispose();
    }

    private static string Quote(string value) => '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient(AddressFamily.InterNetwork);
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {Password}\r\nPING\r\n"), cancellationToken);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(cancellationToken) == "+OK" && await reader.ReadLineAsync(cancellationToken) == "+PONG";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
