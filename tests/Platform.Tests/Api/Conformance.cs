using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tests.Api;

/// <summary>Holds real answers against what the document says of their operation: status, error code, headers, content type, and the body against its schema.</summary>
internal sealed class Conformance(ApiDocument document)
{
    /// <summary>Those that the document speaks of. One that it promises must be there; one that it does not name must not.</summary>
    private static readonly string[] Spoken = ["RateLimit", "RateLimit-Policy", "Retry-After", "ETag", "Location", "Idempotency-Replayed", "WWW-Authenticate", "X-Request-Id"];

    /// <summary>They come where there is a reason for them.</summary>
    private static readonly string[] Sometimes = ["Retry-After", "Idempotency-Replayed", "WWW-Authenticate", "ETag"];

    /// <summary>Of addresses rather than of operations: a hostile id leads elsewhere.</summary>
    private static readonly string[] OfAnyAddress = ["not_found", "unknown_route", "method_not_allowed", "request_refused", "missing_credential"];

    private readonly ConcurrentDictionary<string, string> _wrong = new();
    private readonly ConcurrentDictionary<string, string> _bodies = new();
    private readonly ConcurrentDictionary<(string Operation, int Status), int> _seen = new();

    public int Answers => _seen.Values.Sum();

    public IReadOnlySet<string> Succeeded => _seen.Keys.Where(seen => seen.Status < 300 || seen.Status is 304 or 426).Select(seen => seen.Operation).ToHashSet();

    public async Task AddAsync(ApiOperation operation, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync();
        if (status == 400 && body.Length == 0 && !response.Headers.Contains("X-Request-Id"))
        {
            // Not HTTP, and refused by the server itself: a path that no unescaping makes text.
            return;
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        _seen.AddOrUpdate((operation.Id, status), 1, (_, count) => count + 1);
        var code = status >= 400 ? CodeOf(body) : null;
        if (OfAnyAddress.Contains(code) && operation.Path.Contains('{', StringComparison.Ordinal) && !operation.ErrorCodes($"{status}").Contains(code))
        {
            return;
        }

        if (code == "missing_credential" && operation is { IsAnonymous: true, Body: not null })
        {
            // With a content type that the endpoint does not take, routing finds no endpoint: whoever is nobody is not told what there is.
            return;
        }

        var name = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (operation.Json["responses"]![name] is null)
        {
            Wrong(operation, status, $"is not in the document ({code})", body);
            return;
        }

        var described = operation.Response(name);
        if (status >= 400 && !operation.ErrorCodes(name).Contains(code))
        {
            Wrong(operation, status, $"the code {code} is not in the document", body);
        }

        CheckHeaders(operation, described, response);
        if (described["content"] is not JsonObject content)
        {
            if (body.Length > 0)
            {
                Wrong(operation, status, "has a body", body);
            }
        }
        else if (type is null || content[type] is null)
        {
            Wrong(operation, status, $"{type} is not among its content types", body);
        }
        else if (type.EndsWith("json", StringComparison.Ordinal) && !type.Contains("ndjson", StringComparison.Ordinal))
        {
            _bodies.TryAdd(JsonSerializer.Serialize(new { operation = operation.ToString(), status = name, type, body = JsonNode.Parse(body) }), "");
        }
    }

    /// <returns>What is wrong, a line each; the schemas are checked by an independent validator.</returns>
    public async Task<IReadOnlyList<string>> WrongAsync()
    {
        var folder = Directory.CreateTempSubdirectory("voice-conform-").FullName;
        try
        {
            var (file, answers) = (Path.Combine(folder, "openapi.json"), Path.Combine(folder, "answers.jsonl"));
            await File.WriteAllTextAsync(file, document.Root.ToJsonString());
            await File.WriteAllLinesAsync(answers, _bodies.Keys);
            var report = await ValidateAsync(file, answers);
            return [.. _wrong.Values.Order(StringComparer.Ordinal), .. report["wrong"]!.AsArray().Select(line => line!.GetValue<string>())];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<JsonNode> ValidateAsync(params string[] files)
    {
        var start = new ProcessStartInfo("node", ["conform.mjs", .. files]) { WorkingDirectory = OfficialClient.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().OrTimeout(TimeSpan.FromMinutes(1));
        return process.ExitCode == 0 ? JsonNode.Parse(await output)! : throw new InvalidOperationException(await errors);
    }

    private void CheckHeaders(ApiOperation operation, JsonObject described, HttpResponseMessage response)
    {
        foreach (var header in Spoken)
        {
            var promised = described["headers"]?.AsObject().Any(entry => entry.Key.Equals(header, StringComparison.OrdinalIgnoreCase)) is true;
            var there = response.Headers.Contains(header);
            // What a failure takes away with it is nobody's promise.
            if (promised != there && !(promised && (Sometimes.Contains(header) || response.StatusCode >= HttpStatusCode.InternalServerError)))
            {
                Wrong(operation, (int)response.StatusCode, there ? $"the header {header} is not in the document" : $"the header {header} is promised", "");
            }
        }
    }

    private void Wrong(ApiOperation operation, int status, string what, string body) =>
        _wrong.TryAdd($"{operation.Id} {status} {what}", $"{operation} answered {status}: {what} {(body.Length > 300 ? body[..300] : body)}");

    private static string? CodeOf(string body)
    {
        try
        {
            var root = JsonDocument.Parse(body).RootElement;
            return (root.TryGetProperty("error", out var error) ? error : root).GetProperty("code").GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
