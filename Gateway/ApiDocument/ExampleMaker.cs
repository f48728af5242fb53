using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <summary>Examples for bodies whose endpoint gives none: of the schema, with values that the names suggest.</summary>
internal static class ExampleMaker
{
    private const int MaxDepth = 8;

    public static void Fill(JsonObject operation, JsonObject schemas)
    {
        var contents = new List<JsonObject?> { operation["requestBody"]?["content"]?.AsObject() };
        contents.AddRange(operation["responses"]!.AsObject().Where(response => response.Key.StartsWith('2')).Select(response => response.Value!["content"]?.AsObject()));
        foreach (var media in contents.OfType<JsonObject>().SelectMany(content => content).Where(content => content.Key.Contains("json", StringComparison.Ordinal) && !content.Key.Contains("ndjson", StringComparison.Ordinal)))
        {
            if (media.Value!["example"] is null && media.Value["examples"] is null && media.Value["schema"] is JsonObject schema)
            {
                media.Value["example"] = Make(schema, "value", schemas, 0);
            }
        }
    }

    private static JsonNode? Make(JsonObject schema, string name, JsonObject schemas, int depth)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return schemas[reference.Split('/')[^1]] is JsonObject target && depth < MaxDepth ? Make(target, name, schemas, depth + 1) : null;
        }

        if (schema["example"] is { } given)
        {
            return given.DeepClone();
        }

        if (schema["enum"]?.AsArray().FirstOrDefault(value => value is not null) is { } value)
        {
            return value.DeepClone();
        }

        if ((schema["oneOf"] ?? schema["anyOf"])?.AsArray().OfType<JsonObject>().FirstOrDefault(choice => choice["type"]?.ToString() != "null") is { } choice)
        {
            return Make(choice, name, schemas, depth + 1);
        }

        return TypeOf(schema) switch
        {
            "object" => new JsonObject((schema["properties"]?.AsObject() ?? []).Select(property =>
                KeyValuePair.Create(property.Key, Make(property.Value!.AsObject(), property.Key, schemas, depth + 1)))),
            "array" => depth < MaxDepth && schema["items"] is JsonObject items ? new JsonArray(Make(items, Singular(name), schemas, depth + 1)) : [],
            "integer" => schema["minimum"]?.DeepClone() ?? JsonValue.Create(1),
            "number" => schema["minimum"]?.DeepClone() ?? JsonValue.Create(1.5),
            "boolean" => JsonValue.Create(true),
            "string" => JsonValue.Create(Text(schema, name)),
            _ => new JsonObject(),
        };
    }

    private static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => type!.GetValue<string>()).FirstOrDefault(type => type != "null"),
        JsonValue type => type.GetValue<string>(),
        _ => schema["properties"] is null ? null : "object",
    };

    private static string Text(JsonObject schema, string name) => schema["format"]?.GetValue<string>() switch
    {
        "date-time" => "2026-11-20T09:30:00+00:00",
        "date" => "2026-11-20",
        "uri" => "https://www.example.com",
        "uuid" => "019891f0-a5b2-7c3d-8e4f-5a6b7c8d9e0f",
        "byte" => "dm9pY2U=",
        _ => name switch
        {
            "email" => "ada@example.com",
            "password" or "current_password" => "correct horse battery staple",
            "new_password" => "quiet harbour at first light",
            "organization_id" or "org" => "org_default",
            "next_cursor" or "cursor" => "kq3vXJ0Yb2x1bm5hbWVk",
            "role" => "member",
            "name" or "organization_name" => "Harbour Clinic",
            "language" => "en",
            "code" => "123456",
            "token" => "kq3vXJ0Yb2x1bm5hbWVkX3Rva2Vu",
            "ip" or "address" => "203.0.113.7",
            "at" => "2026-11-20T09:30:00+00:00",
            _ when name.EndsWith("_at", StringComparison.Ordinal) => "2026-11-20T09:30:00+00:00",
            _ when name == "id" || name.EndsWith("_id", StringComparison.Ordinal) => "019891f0a5b27c3d8e4f5a6b7c8d9e0f",
            _ when name == "origin" || name == "origins" || name.EndsWith("origin", StringComparison.Ordinal) => "https://www.example.com",
            _ when name == "url" || name.EndsWith("_url", StringComparison.Ordinal) => "https://www.example.com/",
            _ when name is "scope" or "scopes" => "agents:read",
            _ => name.Replace('_', ' '),
        },
    };

    private static string Singular(string name) => name.Length > 1 && name.EndsWith('s') ? name[..^1] : name;
}
