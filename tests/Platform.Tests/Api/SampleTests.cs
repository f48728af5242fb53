using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tests.Api;

/// <summary>
/// The samples of the reference page, run as they stand there, all of them: what does not compile fails, and what is refused is refused for a reason that
/// the document gives for the operation.
/// </summary>
[Collection(PlatformCollection.Name)]
public sealed class SampleTests(PlatformFixture platform) : IAsyncLifetime
{
    /// <summary>Those that ask for nothing that a new organization does not have.</summary>
    private static readonly string[] Succeed =
    [
        "ListAgents", "GetAgent", "ListSessions", "ListApiKeys", "CreateApiKey", "ListMembers", "InviteMember", "GetUsage", "GetLimits", "ListAuditEntries", "ExportAudit", "GetOrganization",
        "WhoAmI", "ListErrorTypes", "GetTokenKeys", "CreateSpeech", "CreateTranscription", "CreateChatCompletion", "CreateTranslation", "Translate", "CreateAudioTranslation", "ListVoices", "ListLanguages", "ListModels", "GetModel", "CreateClientSecret",
    ];

    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-samples-").FullName;

    public async Task InitializeAsync()
    {
        await _tenants.AddOrganizationAsync(_organization);
        await _tenants.ExecuteAsync(
            """
            insert into voice.agents (organization_id, id, name, description, mode, language, instructions, tools)
            values ($1, 'receptionist', 'Receptionist', '', 'agent', 'en', 'Be brief.', '[]') on conflict do nothing
            """,
            _organization);
    }

    public async Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _tenants.DisposeAsync();
    }

    [Fact]
    public async Task TypeScript_has_good_types_and_runs()
    {
        var document = await ApiDocument.FetchAsync(platform);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), Path.Combine(OfficialClient.Folder, "node_modules"));
        foreach (var operation in document.Operations)
        {
            // Export nothing, but be a module: each has names of its own.
            await File.WriteAllTextAsync(Path.Combine(_folder, $"{operation.Id}.ts"), $"{SampleOf(operation, "TypeScript")}\nexport {{}};\n");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "tsconfig.json"), """{"compilerOptions":{"strict":true,"noEmit":true,"target":"es2022","module":"nodenext","types":["node"],"skipLibCheck":true},"include":["*.ts"]}""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "package.json"), """{"type":"module"}""");
        await RunAsync("node", ["node_modules/typescript/lib/tsc.js", "-p", "."]);

        foreach (var operation in document.Operations.Where(operation => !operation.IsWebSocket))
        {
            File.Move(Path.Combine(_folder, $"{operation.Id}.ts"), Path.Combine(_folder, $"{operation.Id}.mjs"));
        }

        await CheckAsync(document, await RunAsync("node", [Path.Combine(OfficialClient.Folder, "samples.mjs"), _folder]));
    }

    [Fact]
    public async Task CSharp_compiles_and_runs()
    {
        var document = await ApiDocument.FetchAsync(platform);
        var operations = document.Operations.Where(operation => !operation.IsWebSocket).ToList();
        // One program of all: a compiler for each would take minutes. Ahead-of-time compilation needs a package that a restricted feed may lack.
        var program = new StringBuilder("#:property PublishAot=false\nusing System.Net.Http.Headers;\nusing System.Text.Json;\n");
        program.AppendLine("var print = Console.Out;\n(string Name, Func<Task> Run)[] samples = [");
        program.AppendJoin('\n', operations.Select(operation => $"(\"{operation.Id}\", Samples.{operation.Id}),"));
        program.AppendLine(
            """
            ];
            foreach (var (name, run) in samples)
            {
                Console.SetOut(TextWriter.Null);
                string? error = null;
                try { await run(); } catch (HttpRequestException exception) { error = $"{{\"status\":{(int?)exception.StatusCode}}}"; }
                print.WriteLine(JsonSerializer.Serialize(new { name, error }));
            }

            static class Samples
            {
            """);
        foreach (var operation in operations)
        {
            const string Import = "using System.Net.Http.Headers;\n";
            var sample = SampleOf(operation, "C#");
            Assert.StartsWith(Import, sample, StringComparison.Ordinal);
            program.AppendLine($"public static async Task {operation.Id}()\n{{\n{sample[Import.Length..]}\n}}");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "samples.cs"), program.Append('}').ToString());
        await CheckAsync(document, await RunAsync("dotnet", ["run", "samples.cs"]));
    }

    [Fact]
    public async Task Every_operation_has_all_three()
    {
        var document = await ApiDocument.FetchAsync(platform);
        Assert.All(document.Operations.Where(operation => !operation.IsWebSocket), operation => Assert.Equal(
            ["curl", "C#", "TypeScript"], operation.Json["x-codeSamples"]!.AsArray().Select(sample => sample!["label"]!.GetValue<string>())));
    }

    private static string SampleOf(ApiOperation operation, string label) =>
        operation.Json["x-codeSamples"]!.AsArray().Single(sample => sample!["label"]!.GetValue<string>() == label)!["source"]!.GetValue<string>();

    /// <param name="output">A line for each sample: its name, and how it was refused if it was.</param>
    private static Task CheckAsync(ApiDocument document, string output)
    {
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToDictionary(
            line => line["name"]!.GetValue<string>(), line => line["error"]?.GetValue<string>());
        List<string> wrong = [];
        foreach (var operation in document.Operations.Where(operation => !operation.IsWebSocket))
        {
            if (!results.TryGetValue(operation.Id, out var error))
            {
                wrong.Add($"{operation} did not run");
            }
            else if (error is not null && (Succeed.Contains(operation.Id) || !IsRefusal(operation, error)))
            {
                wrong.Add($"{operation}: {error}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        return Task.CompletedTask;
    }

    /// <summary>An answer of the API that its document names, and not a failure of the sample.</summary>
    private static bool IsRefusal(ApiOperation operation, string error)
    {
        try
        {
            var body = JsonNode.Parse(error)!;
            var status = $"{body["status"]}";
            return body["error"]?["code"]?.GetValue<string>() is { } code
                ? operation.Json["responses"]!.AsObject().Any(response => operation.ErrorCodes(response.Key).Contains(code))
                : status[0] == '4' && operation.Json["responses"]![status] is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "recording.wav"), await SpeechAsync());
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["VOICE_URL"] = platform.Url.GetLeftPart(UriPartial.Authority);
        start.Environment["VOICE_API_KEY"] = await _tenants.AddKeyAsync(_organization, [.. (await ApiDocument.FetchAsync(platform)).Operations.SelectMany(operation => operation.Scopes).Distinct()]);
        (start.Environment["DOTNET_NOLOGO"], start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"]) = ("true", "true");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().OrTimeout(TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }

    private async Task<byte[]> SpeechAsync()
    {
        using var client = platform.CreateClient();
        using var response = await client.PostAsync("/v1/audio/speech", new StringContent("""{"input":"When are you open on Monday?","response_format":"wav"}""", Encoding.UTF8, "application/json")).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
