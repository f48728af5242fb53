using System.Text.Json;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime.Wire;

/// <summary>The <c>response</c> of <c>response.create</c>.</summary>
internal static class ResponseRequestJson
{
    public const int MaxOutputTokens = 4_096;

    private const int MaxMetadata = 16;
    private const int MaxInput = 200;

    public static ResponseRequest Read(JsonFields root, SessionState state, string? eventId)
    {
        if (!root.Take("response", out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return new ResponseRequest(ClientEventId: eventId);
        }

        var fields = new JsonFields(element, "response");
        Unsupported.Check(fields);
        _ = fields.Take("reasoning", out var reasoning) ? PassedThrough.Reasoning(reasoning, fields) : null;
        bool? audio = fields.Take("output_modalities", out var modalities) ? SessionUpdate.OutputModality(modalities, fields) : null;
        var request = new ResponseRequest(fields.String("instructions"), audio, Voice(fields, state), Metadata(fields), eventId)
        {
            OutOfBand = fields.String("conversation") switch
            {
                null or "auto" => false,
                "none" => true,
                _ => throw fields.Invalid("conversation", "must be auto or none"),
            },
            Input = Input(fields),
            Tools = ToolsJson.Read(fields, state.Agent.Tools.Select(tool => tool.Name)),
            ToolChoice = ToolsJson.ReadChoice(fields),
            ParallelToolCalls = fields.Boolean("parallel_tool_calls"),
            MaxOutputTokens = Limit(fields),
        };
        fields.End();
        return request;
    }

    /// <returns>Null where the object says nothing of it.</returns>
    public static int? Limit(JsonFields fields) =>
        !fields.Take("max_output_tokens", out var limit) || limit.ValueKind == JsonValueKind.Null ? null
        : limit.ValueKind == JsonValueKind.String && limit.GetString() == "inf" ? ResponseRequest.Unlimited
        : limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out var tokens) && tokens is >= 1 and <= MaxOutputTokens ? tokens
        : throw fields.Invalid("max_output_tokens", $"must be an integer between 1 and {MaxOutputTokens}, or \"inf\"");

    private static string? Voice(JsonFields fields, SessionState state)
    {
        if (!fields.Take("audio", out var sound) || sound.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string? voice = null;
        var parts = new JsonFields(sound, fields.Path("audio"));
        if (parts.Take("output", out var output) && output.ValueKind != JsonValueKind.Null)
        {
            var outputs = new JsonFields(output, parts.Path("output"));
            voice = outputs.Take("voice", out var named) ? SessionUpdate.Voice(named, outputs) : null;
            if (outputs.Take("format", out var format) && AudioFormatJson.Read(format, outputs) != state.OutputFormat)
            {
                throw outputs.NotSupported("format", "a response has the session's format; change session.audio.output.format");
            }

            outputs.End();
        }

        parts.End();
        return voice;
    }

    private static List<ResponseInput>? Input(JsonFields fields)
    {
        if (!fields.Take("input", out var input) || input.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (input.ValueKind != JsonValueKind.Array || input.GetArrayLength() > MaxInput)
        {
            throw fields.Invalid("input", $"must be an array of at most {MaxInput} items");
        }

        return [.. input.EnumerateArray().Select((item, index) => One(item, $"{fields.Path("input")}[{index}]"))];
    }

    private static ResponseInput One(JsonElement element, string path)
    {
        var fields = new JsonFields(element, path);
        if (fields.RequiredString("type") == "item_reference")
        {
            var reference = new ResponseInput(null, fields.RequiredString("id"));
            fields.End();
            return reference;
        }

        var request = ItemRequest.Read(element, path);
        return request.Audio is null ? new ResponseInput(request.Item, null)
            : throw new ProtocolException("not_supported", $"'{path}' has audio, which takes time to be understood; create the item in the conversation and refer to it.", path);
    }

    private static Dictionary<string, string>? Metadata(JsonFields fields)
    {
        if (!fields.Take("metadata", out var metadata) || metadata.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (metadata.ValueKind != JsonValueKind.Object || metadata.EnumerateObject().Count() > MaxMetadata
            || metadata.EnumerateObject().Any(pair => pair.Name.Length > 64 || pair.Value.ValueKind != JsonValueKind.String || pair.Value.GetString()!.Length > 512))
        {
            throw fields.Invalid("metadata", $"must be an object of at most {MaxMetadata} strings");
        }

        var values = new Dictionary<string, string>();
        foreach (var pair in metadata.EnumerateObject())
        {
            values[pair.Name] = pair.Value.GetString()!;
        }

        return values;
    }
}
