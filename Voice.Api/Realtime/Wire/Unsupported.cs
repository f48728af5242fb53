using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary>Parts of a session or response that the protocol has and this server does not yet: their empty values pass, others are refused by name.</summary>
internal static class Unsupported
{
    public static void Check(JsonFields fields)
    {
        if (fields.Take("tools", out var tools) && !(tools.ValueKind == JsonValueKind.Array && tools.GetArrayLength() == 0))
        {
            throw fields.NotSupported("tools", "send []");
        }

        if (fields.Take("tool_choice", out var choice) && !(choice.ValueKind == JsonValueKind.String && choice.GetString() is "auto" or "none"))
        {
            throw fields.NotSupported("tool_choice", "send \"auto\" or \"none\"");
        }

        if (fields.Take("max_output_tokens", out var limit) && !(limit.ValueKind == JsonValueKind.String && limit.GetString() == "inf"))
        {
            throw fields.NotSupported("max_output_tokens", "send \"inf\"");
        }

        if (fields.Take("include", out var include) && !(include.ValueKind == JsonValueKind.Null || (include.ValueKind == JsonValueKind.Array && include.GetArrayLength() == 0)))
        {
            throw fields.NotSupported("include", "send null or []");
        }

        foreach (var name in (string[])["prompt", "reasoning"])
        {
            if (fields.Take(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                throw fields.NotSupported(name, "send null");
            }
        }

        fields.Take("parallel_tool_calls", out _);
    }
}
