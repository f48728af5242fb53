using System.Text.Json;
using System.Text.RegularExpressions;
using Voice.Core.Tools;

namespace Voice.Api.Realtime.Wire;

/// <summary><c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c> of a session or response: the tools that the client runs.</summary>
internal static partial class ToolsJson
{
    public const int MaxTools = 128;

    private const int MaxDescription = 4_096;
    private const int MaxParameters = 32 * 1024;

    /// <param name="agents">Names of the agent's own tools, which no other may have.</param>
    /// <returns>Null where the object says nothing of tools.</returns>
    public static IReadOnlyList<ToolDefinition>? Read(JsonFields fields, IEnumerable<string> agents)
    {
        if (!fields.Take("tools", out var tools) || tools.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (tools.ValueKind != JsonValueKind.Array || tools.GetArrayLength() > MaxTools)
        {
            throw fields.Invalid("tools", $"must be an array of at most {MaxTools} tools");
        }

        var taken = new HashSet<string>(agents, StringComparer.Ordinal);
        return [.. tools.EnumerateArray().Select((tool, index) => Tool(new JsonFields(tool, $"{fields.Path("tools")}[{index}]"), taken))];
    }

    /// <returns>Null where the object says nothing of it.</returns>
    public static ToolChoice? ReadChoice(JsonFields fields)
    {
        if (!fields.Take("tool_choice", out var choice) || choice.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (choice.ValueKind == JsonValueKind.String)
        {
            return choice.GetString() switch
            {
                "auto" => ToolChoice.Auto,
                "none" => ToolChoice.None,
                "required" => new ToolChoice(ToolChoiceKind.Required),
                _ => throw Wrong(),
            };
        }

        if (choice.ValueKind != JsonValueKind.Object)
        {
            throw Wrong();
        }

        var parts = new JsonFields(choice, fields.Path("tool_choice"));
        switch (parts.RequiredString("type"))
        {
            case "function":
                var name = parts.RequiredString("name");
                parts.End();
                return new ToolChoice(ToolChoiceKind.Function, name);
            case "mcp":
                throw parts.NotSupported("type", "there are no MCP servers here; name one of the tools with {\"type\":\"function\",\"name\":...}");
            default:
                throw Wrong();
        }

        ProtocolException Wrong() => fields.Invalid("tool_choice", """must be "auto", "none", "required" or {"type":"function","name":...}""");
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ToolDefinition> tools, ToolChoice choice)
    {
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.String("type", "function").String("name", tool.Name).String("description", tool.Description);
            json.WritePropertyName("parameters");
            tool.Parameters.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (choice.Kind == ToolChoiceKind.Function)
        {
            json.WriteStartObject("tool_choice");
            json.String("type", "function").String("name", choice.Name);
            json.WriteEndObject();
        }
        else
        {
            json.String("tool_choice", choice.Kind switch { ToolChoiceKind.None => "none", ToolChoiceKind.Required => "required", _ => "auto" });
        }
    }

    private static ToolDefinition Tool(JsonFields fields, HashSet<string> taken)
    {
        var type = fields.RequiredString("type");
        if (type != "function")
        {
            throw type == "mcp"
                ? fields.NotSupported("type", "there are no MCP servers here; declare a tool of type \"function\" and run it, or give the agent HTTP tools")
                : fields.Invalid("type", "must be function");
        }

        var name = fields.RequiredString("name");
        if (!ToolName().IsMatch(name))
        {
            throw fields.Invalid("name", "must be 1 to 64 letters, digits, underscores or dashes");
        }

        if (!taken.Add(name))
        {
            throw fields.Invalid("name", $"'{name}' is the name of another tool of this session or of the agent's");
        }

        var description = fields.String("description") ?? string.Empty;
        if (description.Length > MaxDescription)
        {
            throw fields.Invalid("description", $"must have at most {MaxDescription} characters");
        }

        var parameters = Parameters(fields);
        // Of the chat API, where the same declarations are used; the arguments are checked by the client all the same.
        fields.Boolean("strict");
        fields.End();
        return new ToolDefinition(name, description, parameters);
    }

    private static JsonElement Parameters(JsonFields fields)
    {
        if (!fields.Take("parameters", out var parameters) || parameters.ValueKind == JsonValueKind.Null)
        {
            return ToolDefinition.NoParameters;
        }

        if (parameters.ValueKind != JsonValueKind.Object
            || (parameters.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.String && type.GetString() == "object")))
        {
            throw fields.Invalid("parameters", "must be a JSON schema of type object");
        }

        return parameters.GetRawText().Length <= MaxParameters ? parameters.Clone() : throw fields.Invalid("parameters", $"must have at most {MaxParameters} characters");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
