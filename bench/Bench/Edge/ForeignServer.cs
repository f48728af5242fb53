using System.Globalization;
using Voice.Bench.Running;
using Voice.Offline.Servers;

namespace Voice.Bench.Edge;

/// <summary>A server that is not ours, on a free port: nginx as upstream and as proxy, and a proxy made with Express.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private const string Answer = """{"data":[{"id":"agent_receptionist","name":"receptionist","mode":"agent","language":"en","description":"Answers the phone of a clinic."}],"next_cursor":null}""";
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly ChildProcess _process;
    private readonly PortReservation _port;

    private ForeignServer(ChildProcess process, PortReservation port) => (_process, _port) = (process, port);

    public Uri Address => new($"http://127.0.0.1:{_port.Port}");

    public int Id => _process.Id;

    /// <summary>What everything is proxied to: the same few bytes for every path, from memory.</summary>
    public static Task<ForeignServer> UpstreamAsync(BenchmarkContext context, string folder, CancellationToken cancellationToken) => NginxAsync(
        context, folder, "upstream", 1,
        $$"""
        server { listen 127.0.0.1:{port} backlog=4096; default_type application/json; location / { return 200 '{{Answer}}'; } }
        """,
        cancellationToken);

    /// <summary>A plain reverse proxy, as its own documentation makes one: connections to the upstream are kept.</summary>
    public static Task<ForeignServer> ProxyAsync(BenchmarkContext context, string folder, Uri upstream, CancellationToken cancellationToken) => NginxAsync(
        context, folder, "proxy", 2,
        $$"""
        upstream service { server 127.0.0.1:{{upstream.Port}}; keepalive 128; keepalive_requests 1000000; }
        server {
          listen 127.0.0.1:{port} backlog=4096;
          location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; }
        }
        """,
        cancellationToken);

    public static async Task<ForeignServer> ExpressAsync(BenchmarkContext context, Uri upstream, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(context.RepositoryRoot, "bench", "express");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "express")))
        {
            throw new BenchmarkException("Express is not installed: ./bench/run gateway installs it (eng/install bench).");
        }

        var port = new PortReservation();
        return await StartedAsync(
            context, port, Executables.Require("node", "nodejs"), [Path.Combine(folder, "proxy.mjs"), port.Port.ToString(CultureInfo.InvariantCulture), upstream.ToString()],
            folder, new Dictionary<string, string?> { ["NODE_ENV"] = "production" }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(UnixSignal.Terminate, StopLimit);
        await _process.DisposeAsync();
        _port.Dispose();
    }

    private static async Task<ForeignServer> NginxAsync(
        BenchmarkContext context, string parent, string name, int workers, string server, CancellationToken cancellationToken)
    {
        var port = new PortReservation();
        var folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            worker_processes {{workers}};
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            daemon off;
            events { worker_connections 8192; }
            http {
              access_log off;
              keepalive_requests 100000000;
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
              {{server.Replace("{port}", port.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}}
            }
            """,
            cancellationToken);
        return await StartedAsync(
            context, port, Executables.Require("nginx", "nginx-light"), ["-c", configuration, "-e", Path.Combine(folder, "error.log")], folder,
            new Dictionary<string, string?>(), cancellationToken);
    }

    private static async Task<ForeignServer> StartedAsync(
        BenchmarkContext context, PortReservation port, string program, IReadOnlyList<string> arguments, string folder,
        IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var process = await ChildProcess.StartAsync(
            new ChildProcessOptions { FileName = program, Arguments = arguments, WorkingDirectory = folder, Environment = environment }, cancellationToken);
        var server = new ForeignServer(process, port);
        using var client = new HttpClient();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), context.Time);
        var started = context.Time.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(server.Address, cancellationToken);
                return server;
            }
            catch (HttpRequestException) when (!process.Exited.IsCompleted && context.Time.GetElapsedTime(started) < TimeSpan.FromSeconds(15))
            {
                await tick.WaitForNextTickAsync(cancellationToken);
            }
            catch (HttpRequestException failure)
            {
                await server.DisposeAsync();
                throw new BenchmarkException($"{program} does not answer:\n{string.Join('\n', process.Tail)}", failure);
            }
        }
    }
}
