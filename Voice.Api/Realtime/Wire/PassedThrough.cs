using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary>Parts of a session that are checked, kept and shown, and change nothing: the platform has rules of its own for them.</summary>
internal static class PassedThrough
{
    private const int MaxLength = 4_096;

    /// <summary>Null, <c>"auto"</c>, or an object of <c>workflow_name</c>, <c>group_id</c>, <c>metadata</c>.</summary>
    public static JsonElement? Tracing(JsonElement value, JsonFields parent)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var fields = new JsonFields(value, parent.Path("tracing"));
            fields.String("workflow_name");
            fields.String("group_id");
            if (fields.Take("metadata", out var metadata) && metadata.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
            {
                throw fields.Invalid("metadata", "must be an object");
            }

            fields.End();
        }
        else if (value.ValueKind != JsonValueKind.Null && !IsText(value, "auto"))
        {
            throw parent.Invalid("tracing", """must be null, "auto" or an object""");
        }

        return Keep(value, parent, "tracing");
    }

    /// <summary><c>"auto"</c>, <c>"disabled"</c>, or <c>{"type":"retention_ratio","retention_ratio":0.8}</c>.</summary>
    public static JsonElement? Truncation(JsonElement value, JsonFields parent)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var fields = new JsonFields(value, parent.Path("truncation"));
            if (fields.RequiredString("type") != "retention_ratio")
            {
                throw fields.Invalid("type", "must be retention_ratio");
            }

            _ = fields.Number("retention_ratio", 0, 1) ?? throw fields.Missing("retention_ratio");
            if (fields.Take("token_limits", out var limits) && limits.ValueKind != JsonValueKind.Null)
            {
                var inner = new JsonFields(limits, fields.Path("token_limits"));
                inner.Integer("post_instructions", 0, int.MaxValue);
                inner.End();
            }

            fields.End();
        }
        else if (!IsText(value, "auto") && !IsText(value, "disabled"))
        {
            throw parent.Invalid("truncation", """must be "auto", "disabled" or an object of type retention_ratio""");
        }

        return Keep(value, parent, "truncation");
    }

    /// <summary>Null, or <c>{"effort":"low"}</c>: for models that can think for longer, which no built-in one can.</summary>
    public static JsonElement? Reasoning(JsonElement value, JsonFields parent)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var fields = new JsonFields(value, parent.Path("reasoning"));
        if (fields.String("effort") is not (null or "minimal" or "low" or "medium" or "high" or "xhigh"))
        {
            throw fields.Invalid("effort", "must be minimal, low, medium, high or xhigh");
        }

        fields.End();
        return value.Clone();
    }

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static JsonElement? Keep(JsonElement value, JsonFields parent, string name) =>
        value.GetRawText().Length <= MaxLength ? value.Clone() : throw parent.Invalid(name, $"must have at most {MaxLength} characters");
}
