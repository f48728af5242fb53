using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Running;

/// <summary>Runs a model as processes of this machine until it is asked to stop or something in it cannot be kept running.</summary>
internal sealed class Runner(DistributedApplicationBuilder model, TextWriter output) : IDisposable
{
    // All within ten seconds: services first, in the reverse of their order, then the servers that they use.
    private static readonly TimeSpan ServiceGrace = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AllServices = TimeSpan.FromSeconds(6);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly List<PortReservation> _ports = [];
    private readonly List<LogFile> _logs = [];
    private readonly List<Supervisor> _servers = [];
    private readonly List<Supervisor> _services = [];
    private readonly ConsoleOutput _console = new(
        output, ConsoleOutput.HasColours,
        model.Resources.Where(resource => resource is ProjectResource or ILocalServer).Select(resource => resource.Name.Length).DefaultIfEmpty().Max());

    private IEnumerable<Supervisor> All => _servers.Concat(_services);

    private Endpoint? PublicEndpoint => model.Resources.SelectMany(resource => resource.Annotations.OfType<Endpoint>()).FirstOrDefault(endpoint => endpoint.IsExternal);

    /// <summary>Throws when the run cannot begin or go on.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var data = DataDirectory.Open(model.Options.DataDirectory);
        Environment.SetEnvironmentVariable(DataDirectory.Mark, data.FullPath);
        AllocatePorts();
        Supervise(data);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = All.Select(supervisor => supervisor.RunAsync(ending.Token)).ToList();
        try
        {
            // Runs only end by failing or by being cancelled.
            var failed = Task.WhenAny(running);
            await Task.WhenAny(failed, AnnounceHealthyAsync(data, ending.Token));
            await await failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _console.Announce("Stopping ...");
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StopAsync();
            RunFile.Delete(data.FullPath);
        }
    }

    public void Dispose()
    {
        _ports.ForEach(port => port.Dispose());
        _logs.ForEach(log => log.Dispose());
    }

    private void AllocatePorts()
    {
        foreach (var endpoint in model.Resources.SelectMany(resource => resource.Annotations.OfType<Endpoint>()))
        {
            endpoint.Port = endpoint.IsExternal && model.Options.Port != 0 ? Free(model.Options.Port ?? endpoint.PreferredPort) : Reserve();
        }
    }

    private static int Free(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return port;
        }
        catch (SocketException e)
        {
            throw new DistributedApplicationException(
                $"Port {port} cannot be used ({e.Message.ToLowerInvariant()}). Choose another, ./run.sh --port N, or end what has it: ss -ltnp 'sport = :{port}'", e);
        }
    }

    private int Reserve()
    {
        _ports.Add(new PortReservation());
        return _ports[^1].Port;
    }

    private void Supervise(DataDirectory data)
    {
        var byResource = new Dictionary<IResource, Supervisor>();
        foreach (var server in model.Resources.OfType<ILocalServer>())
        {
            var runnable = new ServerRunnable(server, data.FullPath, Reserve(), Log(data, server.Name).WriteLine);
            runnable.ForgetUnlessKept();
            _servers.Add(byResource[server] = new Supervisor(runnable, [], new RestartPolicy(), _console, _time));
        }

        // In the page's order, so what a project waits for is there already: a builder exists only after its resource.
        foreach (var project in model.Resources.OfType<ProjectResource>())
        {
            var log = Log(data, project.Name);
            var runnable = new ProjectRunnable(project, model.ExecutionContext, line => Show(project.Name, line, log));
            var waitsFor = project.Annotations.OfType<WaitAnnotation>()
                .Select(wait => byResource.GetValueOrDefault(wait.Resource is IResourceWithParent child ? child.Parent : wait.Resource))
                .OfType<Supervisor>().Distinct().ToList();
            _services.Add(byResource[project] = new Supervisor(runnable, waitsFor, new RestartPolicy(), _console, _time));
        }

        var gate = new Lock();
        foreach (var supervisor in All)
        {
            supervisor.Changed += () =>
            {
                lock (gate)
                {
                    WriteRunFile(data);
                }
            };
        }
    }

    private LogFile Log(DataDirectory data, string name)
    {
        _logs.Add(new LogFile(Path.Combine(data.Logs, name + ".log")));
        return _logs[^1];
    }

    private void Show(string name, string line, LogFile log)
    {
        log.WriteLine(line);
        if (LogLine.Parse(line) is { IsForConsole: true } parsed)
        {
            _console.Write(name, parsed);
        }
    }

    private void WriteRunFile(DataDirectory data)
    {
        var connections = model.Resources.Where(resource => resource is ILocalConnection { Connection.Value: not null })
            .ToDictionary(resource => resource.Name, resource => ((ILocalConnection)resource).Connection.Value!.ConnectionString);
        new RunFile(
            Environment.ProcessId,
            PublicEndpoint?.Url,
            All.ToDictionary(supervisor => supervisor.Name, supervisor => new RunFile.Service(supervisor.Current?.Id, supervisor.Url, supervisor.State)),
            connections,
            Healthy: All.All(supervisor => supervisor.State == "healthy")).Write(data.FullPath);
    }

    private async Task AnnounceHealthyAsync(DataDirectory data, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var healthy = Task.WhenAll(All.Select(supervisor => supervisor.Healthy));
        while (await Task.WhenAny(healthy, Task.Delay(TimeSpan.FromSeconds(20), _time, cancellationToken)) != healthy)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _console.Announce("Still waiting for " + string.Join("; ", All.Where(supervisor => !supervisor.Healthy.IsCompleted).Select(supervisor => supervisor.Describe())));
        }

        var signIn = model.Secrets.New("admin-password") is { } password
            ? $"sign in as admin@localhost with the password {password} (shown this once; later: ./run.sh credentials)"
            : "sign in as admin@localhost (password: ./run.sh credentials)";
        _console.Announce($"Ready after {_time.GetElapsedTime(started).TotalSeconds:0.0} s: {PublicEndpoint?.Url} - {signIn}", bold: true);
    }

    private async Task StopAsync()
    {
        var started = _time.GetTimestamp();
        var stops = new Dictionary<Supervisor, Task>();
        foreach (var supervisor in Enumerable.Reverse(_services))
        {
            // Those that wait for this one come later in the page, so their stops are under way.
            var users = stops.Where(stop => stop.Key.WaitsFor.Contains(supervisor)).Select(stop => stop.Value).ToList();
            stops[supervisor] = StopAfterAsync(supervisor, users, started);
        }

        await Task.WhenAll(stops.Values);
        await Task.WhenAll(_servers.Select(server => server.StopAsync(TimeSpan.FromSeconds(3))));
    }

    private async Task StopAfterAsync(Supervisor supervisor, IEnumerable<Task> users, long started)
    {
        await Task.WhenAll(users);
        var left = AllServices - _time.GetElapsedTime(started);
        await supervisor.StopAsync(left < ServiceGrace ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : ServiceGrace);
    }
}
