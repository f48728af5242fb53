using System.Globalization;
using System.Text.RegularExpressions;
using Voice.Offline.Servers;

namespace Voice.Inference.Tests.Jobs;

/// <summary>A worker as a process of its own, to be killed.</summary>
internal sealed partial class WorkerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private WorkerProcess(ChildProcess process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) }.As("org_a", "user_org_a");
    }

    public HttpClient Client { get; }

    public static async Task<WorkerProcess> StartAsync(TestDatabase database, params (string Key, string? Value)[] settings)
    {
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var environment = TestIdentity.Settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        environment["ConnectionStrings__voicedb"] = database.ConnectionString;
        environment["ConnectionStrings__blobs"] = (await BackingServers.AzuriteAsync()).ConnectionString;
        environment["Engines__Decoders__Warm"] = environment["Engines__Speakers__Warm"] = "0";
        // Soon enough for a test, long enough that a worker that lives keeps what it has on a machine that is slow.
        environment["Messaging__Lease"] = "00:00:04";
        foreach (var (key, value) in settings)
        {
            environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var assembly = typeof(Program).Assembly.Location;
        var process = await ChildProcess.StartAsync(
            new ChildProcessOptions
            {
                FileName = "dotnet",
                Arguments = [assembly],
                WorkingDirectory = Path.GetDirectoryName(assembly)!,
                Environment = environment,
                OnLine = line =>
                {
                    if (Listening().Match(line) is { Success: true } match)
                    {
                        listening.TrySetResult(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
                    }
                },
            },
            CancellationToken.None).OrTimeout();
        return new WorkerProcess(process, await listening.Task.OrTimeout(TimeSpan.FromMinutes(1)));
    }

    /// <summary>As kill -9 does; it is dead when this returns.</summary>
    public async Task KillAsync()
    {
        _process.Signal(UnixSignal.Kill);
        await _process.Exited.OrTimeout();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@"Now listening on: http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
