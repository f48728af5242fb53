using System.Diagnostics;
using System.Text.Json;

namespace Voice.Testing;

/// <summary>Runs a script of <c>tests/clients</c>: an official realtime client, unmodified, in a process of its own.</summary>
public sealed class OfficialClient
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> _environment = [];

    /// <param name="script"><c>openai.mjs</c> or <c>agents.mjs</c>.</param>
    /// <param name="address">Of the platform; with <paramref name="front"/> that of the front.</param>
    public OfficialClient(string script, string scenario, Uri address, string key, TlsFront? front = null)
    {
        (Script, Scenario) = (script, scenario);
        _environment["VOICE_URL"] = (front?.Address ?? address).ToString().TrimEnd('/');
        _environment["VOICE_KEY"] = key;
        if (front is not null)
        {
            _environment["NODE_EXTRA_CA_CERTS"] = front.CertificateFile;
        }
    }

    public string Script { get; }

    public string Scenario { get; }

    public static string Folder { get; } = Path.Combine(TestData.RepositoryRoot, "tests", "clients");

    /// <summary>Options for node itself, before the script.</summary>
    public string[] NodeOptions { get; init; } = [];

    public OfficialClient With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    /// <param name="sentences">16 kHz speech, one after the other.</param>
    /// <returns>The last line the script printed, and every event the server sent.</returns>
    /// <exception cref="InvalidOperationException">The script failed; the message is what it printed.</exception>
    public async Task<(JsonElement Result, IReadOnlyList<JsonElement> Events)> RunAsync(params byte[][] sentences)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            throw new InvalidOperationException($"The official clients are not installed: run eng/install test, or npm ci in {Folder}.");
        }

        var folder = Directory.CreateTempSubdirectory("voice-client-").FullName;
        try
        {
            var files = new List<string>();
            foreach (var sentence in sentences)
            {
                files.Add(Path.Combine(folder, $"{files.Count}.pcm"));
                await File.WriteAllBytesAsync(files[^1], Speech.ForTheWire(sentence));
            }

            var events = Path.Combine(folder, "events.jsonl");
            _environment["VOICE_SPEECH"] = string.Join(':', files);
            _environment["VOICE_EVENTS"] = events;
            var result = await RunNodeAsync([.. NodeOptions, Path.Combine(Folder, Script), Scenario], _environment);
            return (result, File.Exists(events) ? [.. File.ReadLines(events).Select(line => JsonSerializer.Deserialize<JsonElement>(line))] : []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Checks events against the schemas of our extensions.</summary>
    /// <param name="events">JSON, as they were sent.</param>
    /// <returns>Names of the definitions that were met.</returns>
    public static async Task<string[]> ValidateAsync(IEnumerable<string> events)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, events);
            var schema = Path.Combine(TestData.RepositoryRoot, "docs", "specs", "schemas", "realtime-extensions.json");
            var met = await RunNodeAsync([Path.Combine(Folder, "validate.mjs"), schema, file], []);
            return [.. met.EnumerateArray().Select(name => name.GetString()!)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<JsonElement> RunNodeAsync(string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        try
        {
            var output = node.StandardOutput.ReadToEndAsync();
            var errors = node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync().OrTimeout(Limit, string.Join(' ', arguments));
            var printed = await output;
            return node.ExitCode == 0
                ? JsonSerializer.Deserialize<JsonElement>(printed.TrimEnd().Split('\n')[^1])
                : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {node.ExitCode}:\n{printed}{await errors}");
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
