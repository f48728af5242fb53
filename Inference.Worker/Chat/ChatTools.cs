using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;

namespace Voice.Inference.Chat;

/// <summary><c>tools</c> and <c>tool_choice</c>.</summary>
internal static partial class ChatTools
{
    private const int MaxTools = 128;

    private static readonly JsonElement NoParameters = JsonSerializer.SerializeToElement(new { type = "object", properties = new { } });

    public static List<AITool> Of(JsonElement body)
    {
        if (ChatRequest.Find(body, "tools") is not { } tools)
        {
            return [];
        }

        return tools.ValueKind == JsonValueKind.Array && tools.GetArrayLength() <= MaxTools
            ? [.. tools.EnumerateArray().Select(Tool)]
            : throw new FieldException("tools", $"'tools' must be a list of at most {MaxTools} functions.");
    }

    public static ChatToolMode? Mode(JsonElement body, List<AITool> tools)
    {
        if (ChatRequest.Find(body, "tool_choice") is not { } choice)
        {
            return null;
        }

        if (choice.ValueKind == JsonValueKind.String)
        {
            return choice.GetString() switch
            {
                "auto" => ChatToolMode.Auto,
                "none" => ChatToolMode.None,
                "required" => ChatToolMode.RequireAny,
                _ => throw new FieldException("tool_choice", "'tool_choice' must be auto, none, required or a function."),
            };
        }

        return Text(Property(Property(choice, "function"), "name")) is { } name && tools.Exists(tool => tool.Name == name)
            ? ChatToolMode.RequireSpecific(name)
            : throw new FieldException("tool_choice", "'tool_choice' must be auto, none, required or one of the functions in 'tools'.");
    }

    private static AITool Tool(JsonElement tool)
    {
        if (Text(Property(tool, "type")) is not "function")
        {
            throw new FieldException("tools", "Every one of 'tools' must have the type function.", "unsupported_value");
        }

        var function = Property(tool, "function");
        var name = Text(Property(function, "name"));
        if (name is null || !Name().IsMatch(name))
        {
            throw new FieldException("tools", "The name of a function must be 1 to 64 letters, digits, underscores and hyphens.");
        }

        var parameters = Property(function, "parameters") switch
        {
            null or { ValueKind: JsonValueKind.Null } => NoParameters,
            { ValueKind: JsonValueKind.Object } schema => schema.Clone(),
            _ => throw new FieldException("tools", "The parameters of a function must be a JSON schema, which is an object."),
        };
        return AIFunctionFactory.CreateDeclaration(name, Text(Property(function, "description")) ?? "", parameters);
    }

    private static JsonElement? Property(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty(name, out var property) ? property : null;

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
