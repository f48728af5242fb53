using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary>Parts of a session or response that the protocol has and this server does not yet: their empty values pass, others are refused by name.</summary>
internal static class Unsupported
{
    public static void Include(JsonFields fields)
    {
        if (fields.Take("include", out var include) && !(include.ValueKind == JsonValueKind.Null || (include.ValueKind == JsonValueKind.Array && include.GetArrayLength() == 0)))
        {
            throw fields.NotSupported("include", "the recognisers of this platform report a confidence and no log probabilities; send null or []");
        }
    }

    public static void Check(JsonFields fields)
    {
        Include(fields);
        if (fields.Take("prompt", out var prompt) && prompt.ValueKind != JsonValueKind.Null)
        {
            throw fields.NotSupported("prompt", "nothing is stored here that it could name; send instructions");
        }
    }
}
