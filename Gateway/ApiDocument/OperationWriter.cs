using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.ApiDocument;

/// <summary>Writes out what every operation has in common: who may, what may go wrong, headers, samples.</summary>
internal static class OperationWriter
{
    private static readonly string[] Short = ["x-errors", "x-scopes", "x-anonymous", "x-idempotent", "x-versioned", "x-request", "x-headers"];

    public static void Complete(string path, string method, JsonObject operation, JsonObject schemas)
    {
        // A part that stands in for a service that is away comes from a finished document.
        if (operation["x-errors"] is null)
        {
            return;
        }

        ReplaceBody(operation);
        ExampleMaker.Fill(operation, schemas);
        var marks = new Marks(operation);
        operation["operationId"] ??= IdOf(method, path);
        operation["summary"] ??= WordsOf(operation["operationId"]!.GetValue<string>());
        if (marks.Scopes.Count > 0)
        {
            var scopes = string.Join(", ", marks.Scopes.Select(scope => $"`{scope}`"));
            operation["description"] = $"{operation["description"]?.GetValue<string>()}\n\nTakes the scope {scopes}.".Trim();
        }

        DescribeParameters(operation);
        AddParameters(method, operation, marks);
        AddSecurity(operation, marks);
        AddErrors(path, method, operation, marks);
        AddHeaders(method, operation, marks);
        foreach (var name in Short)
        {
            operation.Remove(name);
        }

        operation["x-codeSamples"] = CodeSamples.For(path, method, operation);
    }

    private static void ReplaceBody(JsonObject operation)
    {
        if (operation["x-request"] is not JsonObject body)
        {
            return;
        }

        var content = new JsonObject { ["schema"] = body["schema"]!.DeepClone() };
        if (body["example"] is { } example)
        {
            content["example"] = example.DeepClone();
        }

        operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [body["content_type"]!.GetValue<string>()] = content } };
    }

    private static void DescribeParameters(JsonObject operation)
    {
        foreach (var parameter in operation["parameters"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            if (parameter["description"] is null && parameter["in"]?.GetValue<string>() == "path")
            {
                parameter["description"] = $"The {parameter["name"]!.GetValue<string>().Replace('_', ' ')} as the API gave it out.";
            }
        }
    }

    private static void AddParameters(string method, JsonObject operation, Marks marks)
    {
        void Add(string name)
        {
            if (operation["parameters"] is not JsonArray parameters)
            {
                operation["parameters"] = parameters = [];
            }

            parameters.Add(new JsonObject { ["$ref"] = $"#/components/parameters/{name}" });
        }

        if (marks.Versioned)
        {
            Add(method == "get" ? "IfNoneMatch" : "IfMatch");
        }

        if (marks.Idempotent)
        {
            Add("IdempotencyKey");
        }
    }

    private static void AddSecurity(JsonObject operation, Marks marks)
    {
        if (marks.Anonymous)
        {
            operation["security"] = new JsonArray();
            return;
        }

        var realtime = operation["operationId"]!.GetValue<string>() == "ConnectRealtime";
        operation["security"] = new JsonArray([.. SharedParts.Credentials.Where(name => (realtime || name != "client_secret") && (name != "api_key" || marks.TakesKeys)).Select(name => (JsonNode)new JsonObject
        {
            [name] = new JsonArray([.. marks.Scopes.Select(scope => (JsonNode)JsonValue.Create(scope))]),
        })]);
    }

    private static void AddErrors(string path, string method, JsonObject operation, Marks marks)
    {
        var openAi = path.StartsWith("/v1", StringComparison.Ordinal);
        var responses = operation["responses"]!.AsObject();
        List<string> codes = [.. marks.Errors, .. GeneralErrors.Of(method, operation, marks.Anonymous, marks.TakesKeys, marks.Scopes.Count > 0)];
        if (marks.Versioned && method != "get")
        {
            codes.AddRange(["version_mismatch", "version_required"]);
        }

        if (marks.Idempotent)
        {
            codes.AddRange(["invalid_idempotency_key", "idempotency_in_progress", "idempotency_key_reused", "idempotency_answer_lost", "payload_too_large"]);
        }

        foreach (var group in codes.Distinct().Select(code => ErrorCatalog.Find(code)!).GroupBy(type => type.Status).OrderBy(group => group.Key))
        {
            responses[Text(group.Key)] = SharedParts.NameOf([.. group.Select(type => type.Code)]) is { } shared
                ? new JsonObject { ["$ref"] = $"#/components/responses/{(openAi ? "OpenAi" : "")}{shared}" }
                : ErrorShapes.Response(openAi, ReasonPhrases.GetReasonPhrase(group.Key), [.. group]);
        }
    }

    private static void AddHeaders(string method, JsonObject operation, Marks marks)
    {
        var responses = operation["responses"]!.AsObject();
        foreach (var (status, response) in responses.ToList())
        {
            if (response!["$ref"] is not null)
            {
                continue;
            }

            if (response["headers"] is not JsonObject headers)
            {
                response["headers"] = headers = [];
            }

            ErrorShapes.AddHeaders(headers, int.TryParse(status, CultureInfo.InvariantCulture, out var number) ? number : 500);
            foreach (var name in marks.Headers.Where(header => header.Status == status).Select(header => header.Name))
            {
                headers[name] = new JsonObject { ["$ref"] = $"#/components/headers/{name}" };
            }

            if (status == "409" && marks.Idempotent)
            {
                headers["Retry-After"] = new JsonObject { ["$ref"] = "#/components/headers/RetryAfter" };
            }

            if (status.StartsWith('2') && marks.Versioned)
            {
                headers["ETag"] = new JsonObject { ["$ref"] = "#/components/headers/ETag" };
            }

            if (status.StartsWith('2') && marks.Idempotent)
            {
                headers["Idempotency-Replayed"] = new JsonObject { ["$ref"] = "#/components/headers/IdempotencyReplayed" };
            }

            response["description"] = response["description"] is JsonValue said && said.GetValue<string>() is { Length: > 0 } text ? text : ReasonPhrases.GetReasonPhrase(number);
        }

        if (marks.Versioned && method == "get")
        {
            var headers = new JsonObject { ["ETag"] = new JsonObject { ["$ref"] = "#/components/headers/ETag" } };
            ErrorShapes.AddHeaders(headers, 304);
            responses["304"] = new JsonObject { ["description"] = "You have this version already.", ["headers"] = headers };
        }

        operation["responses"] = new JsonObject(responses.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
    }

    private static string IdOf(string method, string path) => string.Concat(
        path.Split(['/', '{', '}', '_', '-'], StringSplitOptions.RemoveEmptyEntries).Prepend(method).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private static string WordsOf(string id) => string.Concat(id.Select((c, index) => index > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    private sealed class Marks(JsonObject operation)
    {
        public List<string> Errors { get; } = List(operation["x-errors"]);

        /// <summary>Of answers that have some of their own.</summary>
        public List<(string Status, string Name)> Headers { get; } = [.. List(operation["x-headers"]).Select(text => text.Split(' ')).Select(parts => (parts[0], parts[1]))];

        public bool TakesKeys => !Errors.Contains(PeopleOnly.Code);

        public List<string> Scopes { get; } = List(operation["x-scopes"]);

        public bool Anonymous { get; } = operation["x-anonymous"] is not null;

        public bool Idempotent { get; } = operation["x-idempotent"] is not null;

        public bool Versioned { get; } = operation["x-versioned"] is not null;

        private static List<string> List(JsonNode? node) => [.. node?.AsArray().Select(value => value!.GetValue<string>()) ?? []];
    }
}
