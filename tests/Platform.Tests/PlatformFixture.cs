using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Platform.Tests;

/// <summary>
/// The whole platform, started from the app model on free ports with its own data, shared by all tests of the collection.
/// With VOICE_TEST_PLATFORM set to the data directory of a platform that runs already, that one is used and left running.
/// </summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly StringBuilder _output = new();
    private Process? _process;

    public string DataDirectory { get; private set; } = "";

    public Uri Url { get; private set; } = null!;

    public string ApiKey { get; private set; } = "";

    public string AdminEmail => "admin@localhost";

    public string AdminPassword { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("VOICE_TEST_PLATFORM") is { Length: > 0 } running)
        {
            DataDirectory = running;
        }
        else
        {
            // Not a private folder: where tests run as root, PostgreSQL runs as somebody else and must be able to pass through.
            DataDirectory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"voice-platform-{Guid.NewGuid():n}")).FullName;
            Start();
        }

        try
        {
            await Deadline.Until(() => Task.FromResult(IsHealthy()), StartLimit);
        }
        catch (TimeoutException exception)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"The platform did not become healthy:\n{Output}", exception);
        }

        Url = new Uri(RunFile().GetProperty("url").GetString()!);
        var secrets = JsonDocument.Parse(File.ReadAllText(Path.Combine(DataDirectory, "secrets.json"))).RootElement;
        ApiKey = secrets.GetProperty("seed-api-key").GetString()!;
        AdminPassword = secrets.GetProperty("admin-password").GetString()!;
    }

    /// <summary>What the runner printed, for messages of failing tests.</summary>
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

    /// <summary>The process of a service as it is now; another one after a restart.</summary>
    public int ProcessIdOf(string service) => RunFile().GetProperty("services").GetProperty(service).GetProperty("pid").GetInt32();

    /// <summary>Null while the runner waits to restart it.</summary>
    public int? TryProcessIdOf(string service) =>
        RunFile().GetProperty("services").GetProperty(service).TryGetProperty("pid", out var pid) && pid.ValueKind == JsonValueKind.Number
            ? pid.GetInt32()
            : null;

    public string StateOf(string service) => RunFile().GetProperty("services").GetProperty(service).GetProperty("state").GetString()!;

    public string ConnectionString(string name) => RunFile().GetProperty("connection_strings").GetProperty(name).GetString()!;

    /// <summary>Comes in through the gateway with the seeded API key.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        return client;
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var client = CreateClient();
        using var response = await client.GetAsync(path).OrTimeout();
        var body = await response.Content.ReadAsStringAsync().OrTimeout();
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    public Task<RealtimeSocket> ConnectAsync(string agent = "receptionist") =>
        RealtimeSocket.ConnectAsync(new UriBuilder(new Uri(Url, $"/v1/realtime?agent={agent}")) { Scheme = "ws" }.Uri, ApiKey);

    public async Task DisposeAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            try
            {
                await process.WaitForExitAsync().OrTimeout(StopLimit);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
        KeepOutput();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private void Start()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var appHost = Path.Combine(TestData.RepositoryRoot, "AppHost", "bin", folder.Parent!.Name, folder.Name, "AppHost.dll");
        var start = new ProcessStartInfo("dotnet", [appHost, "--port", "0", "--data", DataDirectory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestData.RepositoryRoot,
        };
        // What the test host was given to run under must not reach what it starts.
        start.Environment.Remove("ASPNETCORE_URLS");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.Append(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} ").AppendLine(line);
        }
    }

    /// <summary>test.sh shows the end of it where a test failed: what went wrong within is not in the test's message.</summary>
    private void KeepOutput()
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestData.RepositoryRoot, "TestResults")).FullName;
        File.WriteAllText(Path.Combine(folder, "platform.log"), Output);
    }

    private bool IsHealthy()
    {
        if (_process is { HasExited: true })
        {
            throw new InvalidOperationException($"The platform ended while it started:\n{Output}");
        }

        try
        {
            return File.Exists(Path.Combine(DataDirectory, "run.json")) && RunFile().GetProperty("healthy").GetBoolean();
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            // Being written.
            return false;
        }
    }

    private JsonElement RunFile() => JsonDocument.Parse(File.ReadAllText(Path.Combine(DataDirectory, "run.json"))).RootElement;
}

/// <summary>Tests of the whole platform take turns on one: <c>[Collection(PlatformCollection.Name)]</c>.</summary>
[CollectionDefinition(Name)]
public sealed class PlatformCollection : ICollectionFixture<PlatformFixture>
{
    public const string Name = "platform";
}
