using System.Globalization;
using System.Security.Cryptography;

namespace Voice.Offline.Servers;

/// <summary>Azurite's blob service (the npm package, run by node) on a loopback port, under an account key made up for the folder.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    private readonly ChildProcess _process;
    private readonly PortReservation? _reservation;

    private AzuriteServer(ChildProcess process, PortReservation? reservation, int port, string accountKey)
    {
        (_process, _reservation, Port, AccountKey) = (process, reservation, port, accountKey);
    }

    public string AccountKey { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    public Task<int> Exited => _process.Exited;

    public IReadOnlyList<string> Tail => _process.Tail;

    public Uri BlobEndpoint => new($"http://127.0.0.1:{Port}/{Account}");

    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint={BlobEndpoint};";

    /// <summary>Port 0 is any free one.</summary>
    public static async Task<AzuriteServer> StartAsync(
        string dataDirectory, int port = 0, Action<string>? onLine = null, CancellationToken cancellationToken = default)
    {
        var script = FindScript();
        var node = Executables.Require("node", "nodejs");
        var folder = Directory.CreateDirectory(dataDirectory).FullName;
        var key = await AccountKeyAsync(folder, cancellationToken);
        var reservation = port == 0 ? new PortReservation() : null;
        port = reservation?.Port ?? port;
        var process = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            FileName = node,
            Arguments =
            [
                script, "--blobHost", "127.0.0.1", "--blobPort", port.ToString(CultureInfo.InvariantCulture), "--location", folder,
                // Newer clients than this Azurite knows are fine; it has no need to tell anybody that it runs.
                "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            ],
            Environment = new Dictionary<string, string?> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}", ["NODE_OPTIONS"] = null },
            WorkingDirectory = folder,
            OnLine = onLine,
        }, cancellationToken);
        var server = new AzuriteServer(process, reservation, port, key);
        try
        {
            await Readiness.WaitAsync("Azurite", process, TimeSpan.FromSeconds(60), server.AnswersAsync, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGTERM lets it write its index, which it otherwise does every few seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(UnixSignal.Terminate, TimeSpan.FromSeconds(5));
        await _process.DisposeAsync();
        _reservation?.Dispose();
    }

    // Signed URLs must outlive a restart, so the key is kept.
    private static async Task<string> AccountKeyAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "account-key");
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));
        }

        return await File.ReadAllTextAsync(path, cancellationToken);
    }

    private static string FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, ".tools", "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new ServerException("Azurite is not installed in .tools/azurite. Install it: eng/install run");
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new HttpClient();
            // Anonymous, so the answer is a refusal; that there is one is what matters.
            using var response = await client.GetAsync(BlobEndpoint, cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
