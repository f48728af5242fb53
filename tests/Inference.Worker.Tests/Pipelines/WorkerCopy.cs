using System.Globalization;
using System.Text.RegularExpressions;
using Voice.Offline.Servers;

namespace Voice.Inference.Tests.Pipelines;

/// <summary>The worker as a process of its own, which can be killed.</summary>
internal sealed partial class WorkerCopy : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private WorkerCopy(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<WorkerCopy> StartAsync(TestDatabase database)
    {
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var program = typeof(Program).Assembly.Location;
        var process = await ChildProcess.StartAsync(
            new ChildProcessOptions
            {
                FileName = "dotnet",
                Arguments = [program],
                WorkingDirectory = Path.GetDirectoryName(program)!,
                Environment = new Dictionary<string, string?>
                {
                    ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                    ["Auth__SigningKey"] = TestIdentity.SigningKey,
                    ["Auth__TrustedKeys__gateway"] = TestIdentity.TrustedKeys,
                    ["Auth__TrustedKeys__voice-api"] = TestIdentity.TrustedKeys.Replace(TestIdentity.KeyId, "test-voice-api", StringComparison.Ordinal),
                    ["ConnectionStrings__voicedb"] = database.ConnectionString,
                    ["ConnectionStrings__blobs"] = (await BackingServers.AzuriteAsync()).ConnectionString,
                    ["Engines__Decoders__Warm"] = "0",
                    ["Engines__Speakers__Warm"] = "0",
                    ["Pipelines__Lease"] = "00:00:02",
                    ["Pipelines__Http__AllowHttp"] = "true",
                    ["Pipelines__Http__AllowPrivateAddresses"] = "true",
                },
                OnLine = line =>
                {
                    if (Listening().Match(line) is { Success: true } match)
                    {
                        listening.TrySetResult(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
                    }
                },
            },
            CancellationToken.None).OrTimeout();
        var port = await listening.Task.OrTimeout(TimeSpan.FromMinutes(1));
        return new WorkerCopy(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public async Task KillAsync()
    {
        _process.Signal(UnixSignal.Kill);
        await _process.Exited.OrTimeout();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"Now listening on: http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
