using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <summary>
/// The same request in curl, C# and TypeScript, made of the operation's examples. <c>VOICE_URL</c> and <c>VOICE_API_KEY</c> are the reader's;
/// the Getting started page sets them.
/// </summary>
internal static class CodeSamples
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonArray For(string path, string method, JsonObject operation)
    {
        var anonymous = operation["security"]?.AsArray().Count == 0;
        if (operation["responses"]!["101"] is not null)
        {
            return [Sample("JavaScript", "TypeScript", RealtimeSample)];
        }

        var (type, example) = Body(operation);
        var request = new Request(Fill(path, operation), method.ToUpperInvariant(), anonymous, type, example, Versioned(operation), FileOf(operation));
        return [Sample("Shell", "curl", Curl(request)), Sample("C#", "C#", CSharp(request)), Sample("JavaScript", "TypeScript", TypeScript(request))];
    }

    private const string RealtimeSample =
        """
        import OpenAI from "openai";
        import { OpenAIRealtimeWS } from "openai/realtime/ws";

        const client = new OpenAI({ apiKey: process.env.VOICE_API_KEY, baseURL: `${process.env.VOICE_URL}/v1` });
        const conversation = new OpenAIRealtimeWS({ model: "receptionist" }, client);
        conversation.on("response.output_audio_transcript.done", (event) => console.log(event.transcript));
        conversation.on("session.created", () => {
          conversation.send({ type: "conversation.item.create", item: { type: "message", role: "user", content: [{ type: "input_text", text: "When are you open?" }] } });
          conversation.send({ type: "response.create" });
        });
        """;

    private static JsonObject Sample(string lang, string label, string source) => new() { ["lang"] = lang, ["label"] = label, ["source"] = source };

    private static (string? Type, JsonNode? Example) Body(JsonObject operation)
    {
        var content = operation["requestBody"]?["content"]?.AsObject();
        var entry = content?.FirstOrDefault(candidate => candidate.Value?["example"] is not null) ?? default;
        return entry.Key is null ? (content?.FirstOrDefault().Key, null) : (entry.Key, entry.Value!["example"]);
    }

    /// <summary>Where the answer is nothing to print: a file to put it in.</summary>
    private static string? FileOf(JsonObject operation) =>
        operation["responses"]!.AsObject().FirstOrDefault(response => response.Key.StartsWith('2')).Value?["content"]?.AsObject().FirstOrDefault().Key switch
        {
            "audio/wav" => "speech.wav",
            "application/x-ndjson" => "audit.ndjson",
            { } type when type.StartsWith("application/json", StringComparison.Ordinal) || type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal) => null,
            null => null,
            _ => "answer",
        };

    private static bool Versioned(JsonObject operation) =>
        operation["parameters"]?.AsArray().Any(parameter => parameter!["$ref"]?.GetValue<string>().EndsWith("/IfMatch", StringComparison.Ordinal) is true) is true;

    private static string Fill(string path, JsonObject operation)
    {
        foreach (var parameter in operation["parameters"]?.AsArray().OfType<JsonObject>().Where(parameter => parameter["in"]?.GetValue<string>() == "path") ?? [])
        {
            var name = parameter["name"]!.GetValue<string>();
            path = path.Replace($"{{{name}}}", parameter["example"]?.ToString() ?? (path.StartsWith("/api/v1/sessions/", StringComparison.Ordinal) && name == "id" ? "sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f"
                : path.StartsWith("/api/v1/agents/", StringComparison.Ordinal) ? "receptionist" : path.StartsWith("/v1/models/", StringComparison.Ordinal) ? "extractive" : $"your-{name.Replace('_', '-')}"), StringComparison.Ordinal);
        }

        return path;
    }

    private static string Curl(Request request)
    {
        var text = new StringBuilder(request.Method == "GET" ? "curl" : $"curl -X {request.Method}").Append($" \"$VOICE_URL{request.Path}\"");
        Line(request.Anonymous ? null : "-H \"Authorization: Bearer $VOICE_API_KEY\"");
        Line(request.Versioned ? "-H 'If-Match: \"3\"'" : null);
        if (request.IsForm)
        {
            foreach (var (name, value) in request.Fields)
            {
                Line($"-F '{name}={value}'");
            }
        }
        else if (request.Example is not null)
        {
            Line("-H \"Content-Type: application/json\"");
            Line($"-d '{request.Example.ToJsonString(Pretty).Replace("'", "'\\''", StringComparison.Ordinal)}'");
        }

        Line(request.File is null ? null : $"--output {request.File}");
        return text.ToString();

        void Line(string? option)
        {
            if (option is not null)
            {
                text.Append(" \\\n  ").Append(option);
            }
        }
    }

    private static string CSharp(Request request)
    {
        var text = new StringBuilder("using System.Net.Http.Headers;\n\n");
        text.Append("using var http = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable(\"VOICE_URL\")!) };\n");
        if (!request.Anonymous)
        {
            text.Append("http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(\"Bearer\", Environment.GetEnvironmentVariable(\"VOICE_API_KEY\"));\n");
        }

        text.Append($"\nusing var request = new HttpRequestMessage(new HttpMethod(\"{request.Method}\"), \"{request.Path}\");\n");
        if (request.Versioned)
        {
            text.Append("request.Headers.Add(\"If-Match\", \"\\\"3\\\"\");\n");
        }

        if (request.IsForm)
        {
            text.Append("var form = new MultipartFormDataContent();\n");
            foreach (var (name, value) in request.Fields)
            {
                text.Append(value.StartsWith('@') ? $"form.Add(new StreamContent(File.OpenRead(\"{value[1..]}\")), \"{name}\", \"{value[1..]}\");\n" : $"form.Add(new StringContent(\"{value}\"), \"{name}\");\n");
            }

            text.Append("request.Content = form;\n");
        }
        else if (request.Example is not null)
        {
            text.Append($"request.Content = new StringContent(\"\"\"\n{Indent(request.Example.ToJsonString(Pretty))}\n    \"\"\", MediaTypeHeaderValue.Parse(\"application/json\"));\n");
        }

        return text.Append("\nusing var response = await http.SendAsync(request);\nresponse.EnsureSuccessStatusCode();\n"
            + (request.File is null ? "Console.WriteLine(await response.Content.ReadAsStringAsync());" : $"await File.WriteAllBytesAsync(\"{request.File}\", await response.Content.ReadAsByteArrayAsync());")).ToString();
    }

    private static string TypeScript(Request request)
    {
        var text = new StringBuilder(request.File is null ? "" : "import { writeFile } from \"node:fs/promises\";\n\n");
        if (request.IsForm)
        {
            text.Append("import { openAsBlob } from \"node:fs\";\n\nconst form = new FormData();\n");
            foreach (var (name, value) in request.Fields)
            {
                text.Append(value.StartsWith('@') ? $"form.append(\"{name}\", await openAsBlob(\"{value[1..]}\"), \"{value[1..]}\");\n" : $"form.append(\"{name}\", \"{value}\");\n");
            }
        }

        text.Append($"const response = await fetch(`${{process.env.VOICE_URL}}{request.Path}`, {{\n  method: \"{request.Method}\",\n");
        List<string> headers = [];
        if (!request.Anonymous)
        {
            headers.Add("Authorization: `Bearer ${process.env.VOICE_API_KEY}`");
        }

        if (request.Versioned)
        {
            headers.Add("\"If-Match\": '\"3\"'");
        }

        if (request.Example is not null && !request.IsForm)
        {
            headers.Add("\"Content-Type\": \"application/json\"");
        }

        if (headers.Count > 0)
        {
            text.Append($"  headers: {{ {string.Join(", ", headers)} }},\n");
        }

        if (request.IsForm)
        {
            text.Append("  body: form,\n");
        }
        else if (request.Example is not null)
        {
            text.Append($"  body: JSON.stringify({request.Example.ToJsonString(Pretty).Replace("\n", "\n  ", StringComparison.Ordinal)}),\n");
        }

        return text.Append("});\nif (!response.ok) throw new Error(await response.text());\n"
            + (request.File is null ? "console.log(await response.text());" : $"await writeFile(\"{request.File}\", Buffer.from(await response.arrayBuffer()));")).ToString();
    }

    private static string Indent(string text) => "    " + text.Replace("\n", "\n    ", StringComparison.Ordinal);

    /// <param name="Type">Of the body; null without one.</param>
    private sealed record Request(string Path, string Method, bool Anonymous, string? Type, JsonNode? Example, bool Versioned, string? File)
    {
        public bool IsForm => Type is "multipart/form-data";

        public IEnumerable<(string Name, string Value)> Fields => Example?.AsObject().Select(entry => (entry.Key, entry.Value!.ToString())) ?? [];
    }
}
