using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Voice.Offline.Servers;

namespace Voice.Hosting.Tests.Running;

/// <summary>A runner as a process of its own, on a small model (Hosting.TestApp).</summary>
internal sealed class TestRun : IAsyncDisposable
{
    // Three servers and two services start in two seconds, but not beside other tests' browsers and builds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly HttpClient Client = new();

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private TestRun(Process process, string data, int port)
    {
        (_process, Data, Port) = (process, data, port);
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        Ended = EndAsync();
    }

    public string Data { get; }

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>The exit code.</summary>
    public Task<int> Ended { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static TestRun Start(string data, params string[] arguments)
    {
        using var free = new PortReservation();
        return StartOn(free.Port, data, arguments);
    }

    public static TestRun StartOn(int port, string data, params string[] arguments)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            TestData.RepositoryRoot, "tests", "Hosting.TestApp", "bin", folder.Parent!.Name, folder.Name, "Hosting.TestApp.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[program, "--data", data, "--port", port.ToString(CultureInfo.InvariantCulture), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new TestRun(Process.Start(start)!, data, port);
    }

    /// <summary>Until it says that all is healthy; fails with what it said when it ends instead.</summary>
    public async Task ReadyAsync()
    {
        var end = await Task.WhenAny(_ready.Task, Ended, Task.Delay(Patience, TimeProvider.System));
        Assert.True(_ready.Task.IsCompleted, $"{(end == Ended ? "It ended" : "Not ready")}:\n{Output}");
    }

    public async Task<string> GetAsync(string service, string path) =>
        await Client.GetStringAsync(Service(service).GetProperty("url").GetString() + path).OrTimeout();

    public JsonElement Service(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "run.json"))).RootElement.GetProperty("services").GetProperty(name);

    public int Pid(string service) => Service(service).GetProperty("pid").GetInt32();

    public void Signal(UnixSignal signal) => ProcessSignal.Send(Id, signal);

    public async ValueTask DisposeAsync()
    {
        Signal(UnixSignal.Terminate);
        await Ended.OrTimeout();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }

            if (line.StartsWith("Ready", StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }
        }
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }
}
