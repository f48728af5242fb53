using System.Text.Json;

namespace Voice.Core.Tools;

/// <summary>
/// What the model wrote against the top level of the tool's schema: a JSON object, required fields there, types right, no value outside an
/// <c>enum</c>. Deeper rules are the tool's own to check; what is wrong is told to the model, which writes it again.
/// </summary>
internal static class ToolArguments
{
    /// <returns>What is wrong; null where it fits.</returns>
    public static string? Parse(string text, ToolDefinition tool, out JsonElement arguments)
    {
        arguments = default;
        try
        {
            // Models write nothing at all for a tool without parameters.
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text);
            arguments = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return "The arguments are not valid JSON.";
        }

        return arguments.ValueKind == JsonValueKind.Object ? Check(arguments, tool.Parameters) : "The arguments must be a JSON object.";
    }

    private static string? Check(JsonElement arguments, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!))
            {
                if (!arguments.TryGetProperty(name, out _))
                {
                    return $"The required argument '{name}' is missing.";
                }
            }
        }

        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var closed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;
        foreach (var argument in arguments.EnumerateObject())
        {
            if (!properties.TryGetProperty(argument.Name, out var rules))
            {
                if (closed)
                {
                    return $"There is no argument '{Short(argument.Name)}'.";
                }
            }
            else if (Check(argument, rules) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static string? Check(JsonProperty argument, JsonElement rules)
    {
        if (rules.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (rules.TryGetProperty("type", out var type))
        {
            var accepted = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).ToArray()
                : type.ValueKind == JsonValueKind.String ? [type.GetString()] : [];
            if (accepted.Length > 0 && !accepted.Any(one => Is(argument.Value, one)))
            {
                return $"The argument '{Short(argument.Name)}' must be of type {string.Join(" or ", accepted)}.";
            }
        }

        return rules.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            && !values.EnumerateArray().Any(value => JsonElement.DeepEquals(value, argument.Value))
            ? $"The argument '{Short(argument.Name)}' must be one of {values.GetRawText()}." : null;
    }

    private static bool Is(JsonElement value, string? type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        // 3.0 is an integer to JSON schema.
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Floor(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static string Short(string name) => name.Length > 64 ? name[..64] : name;
}
