using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;

namespace Voice.Inference.Chat;

/// <summary><c>response_format</c>.</summary>
internal static class ChatFormat
{
    private const string Field = "response_format";

    /// <summary>Null where nothing is asked for.</summary>
    public static ChatResponseFormat? Of(JsonElement body)
    {
        if (ChatRequest.Find(body, Field) is not { } format)
        {
            return null;
        }

        return (format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" => Schema(format),
            _ => throw new FieldException(Field, "'response_format' must be an object whose type is text, json_object or json_schema."),
        };
    }

    private static ChatResponseFormatJson Schema(JsonElement format)
    {
        if (!format.TryGetProperty("json_schema", out var described) || described.ValueKind != JsonValueKind.Object
            || !described.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.Object)
        {
            throw new FieldException(Field, "'response_format' of type json_schema needs a 'json_schema' with a 'schema'.");
        }

        return ChatResponseFormat.ForJsonSchema(schema.Clone(), Text(described, "name"), Text(described, "description"));
    }

    private static string? Text(JsonElement described, string name) =>
        described.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
