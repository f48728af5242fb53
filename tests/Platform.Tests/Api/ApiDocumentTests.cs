using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Platform.Tests.Api;

/// <summary>What partners read and generate clients from.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class ApiDocumentTests(PlatformFixture platform)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Snapshot = Path.Combine(TestData.RepositoryRoot, "docs", "openapi.json");

    [Fact]
    public async Task The_linter_finds_nothing()
    {
        var document = await ApiDocument.FetchAsync(platform);
        var file = Path.Combine(Directory.CreateTempSubdirectory("voice-openapi-").FullName, "openapi.json");
        await File.WriteAllTextAsync(file, document.Root.ToJsonString(Pretty));
        var start = new ProcessStartInfo("node", ["node_modules/@redocly/cli/bin/cli.js", "lint", file, "--config", "redocly.yaml", "--format", "json"])
        {
            WorkingDirectory = OfficialClient.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["REDOCLY_TELEMETRY"], start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"]) = ("off", "true");
        using var lint = Process.Start(start)!;
        var (output, errors) = (lint.StandardOutput.ReadToEndAsync(), lint.StandardError.ReadToEndAsync());
        await lint.WaitForExitAsync().OrTimeout(TimeSpan.FromMinutes(1));

        var said = await output;
        Assert.True(said.StartsWith('{'), $"The linter did not run; is it installed (eng/install test)?\n{said}\n{await errors}");
        var report = JsonNode.Parse(said)!;
        Assert.Empty(report["problems"]!.AsArray().Select(problem => $"{problem!["ruleId"]}: {problem["message"]} at {problem["location"]![0]!["pointer"]}"));
    }

    [Fact]
    public async Task The_document_is_the_one_that_was_reviewed()
    {
        var current = (await ApiDocument.FetchAsync(platform)).Root.ToJsonString(Pretty) + "\n";
        if (Environment.GetEnvironmentVariable("VOICE_UPDATE_API_DOCUMENT") is { Length: > 0 })
        {
            await File.WriteAllTextAsync(Snapshot, current);
        }

        // The gateway describes services that are away from it, and a review of it is a review of the API.
        var reviewed = await File.ReadAllTextAsync(Snapshot);
        if (current != reviewed)
        {
            Assert.Fail($"The API has changed. Look at the change, and write it with VOICE_UPDATE_API_DOCUMENT=1 ./test.sh The_document_is_the_one. First difference:\n{Difference(reviewed, current)}");
        }
    }

    [Fact]
    public async Task Every_operation_says_what_a_partner_needs()
    {
        var document = await ApiDocument.FetchAsync(platform);
        List<string> missing = [];
        foreach (var operation in document.Operations)
        {
            void Expect(bool there, string what)
            {
                if (!there)
                {
                    missing.Add($"{operation}: {what}");
                }
            }

            Expect(operation.Json["summary"] is not null, "summary");
            Expect(operation.Json["security"] is not null, "security");
            Expect(operation.Json["tags"]?.AsArray().Count == 1, "one tag");
            Expect(operation.Json["x-codeSamples"]?.AsArray().Count >= 1, "samples");
            Expect(operation.Body is not { } body || body.Media["example"] is not null, "an example of the request");
            foreach (var (status, answer) in operation.Json["responses"]!.AsObject())
            {
                var response = operation.Resolve(answer!);
                var json = response["content"]?.AsObject().FirstOrDefault(content => content.Key.Contains("json", StringComparison.Ordinal)).Value;
                Expect(json is null || json["example"] is not null || json["examples"] is not null, $"an example of {status}");
                Expect(status is "101" or "304" || response["headers"]?["X-Request-Id"] is not null, $"X-Request-Id of {status}");
            }

            foreach (var status in operation.IsAnonymous ? (string[])["429", "500", "503"] : ["401", "403", "429", "500", "503"])
            {
                Expect(operation.Json["responses"]![status] is not null, status);
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Names_are_snake_case_and_times_are_RFC_3339()
    {
        var document = await ApiDocument.FetchAsync(platform);
        List<string> wrong = [];
        foreach (var (schema, definition) in document.Root["components"]!["schemas"]!.AsObject())
        {
            wrong.AddRange((definition!["properties"]?.AsObject() ?? []).Select(property => property.Key).Where(name => !SnakeCase().IsMatch(name)).Select(name => $"{schema}.{name}"));
        }

        foreach (var operation in document.Operations)
        {
            foreach (var example in Strings(operation.Json["responses"]))
            {
                if (LooksLikeTime().IsMatch(example) && !Rfc3339().IsMatch(example))
                {
                    wrong.Add($"{operation}: {example}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_document_is_not_sent_again_to_who_has_it()
    {
        using var client = new HttpClient { BaseAddress = platform.Url };
        using var first = await client.GetAsync("/api/v1/openapi.json").OrTimeout();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/openapi.json");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request).OrTimeout();

        Assert.Equal(System.Net.HttpStatusCode.NotModified, second.StatusCode);
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(entry => Strings(entry.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static string Difference(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, now.Length)).First(index => old.ElementAtOrDefault(index) != now.ElementAtOrDefault(index));
        return $"line {line + 1}\n- {old.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}";
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d")]
    private static partial Regex LooksLikeTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Rfc3339();
}
