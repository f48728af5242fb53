using System.Text.Json;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime.Wire;

/// <summary>An item that a client creates.</summary>
/// <param name="Audio">Of its <c>input_audio</c> part, in the session's input format; null without one.</param>
internal sealed record ItemRequest(ConversationItem Item, byte[]? Audio)
{
    private const int MaxText = 32_768;
    private const int MaxOutput = 65_536;
    private const int MaxParts = 64;

    /// <param name="path">Of the item, for what is wrong with it.</param>
    public static ItemRequest Read(JsonElement element, string path)
    {
        var fields = new JsonFields(element, path);
        fields.String("object");
        fields.String("status");
        var id = fields.String("id") ?? string.Empty;
        if (id.Length > 64)
        {
            throw fields.Invalid("id", "must have at most 64 characters");
        }

        var type = fields.RequiredString("type");
        var request = type switch
        {
            "message" => Message(fields, id, path),
            "function_call" => new ItemRequest(Call(fields, id), null),
            "function_call_output" => new ItemRequest(Output(fields, id), null),
            "mcp_list_tools" or "mcp_call" or "mcp_approval_request" or "mcp_approval_response" =>
                throw fields.NotSupported("type", "there are no MCP servers here; items are message, function_call or function_call_output"),
            _ => throw fields.Invalid("type", "must be message, function_call or function_call_output"),
        };
        fields.End();
        return request;
    }

    private static ItemRequest Message(JsonFields fields, string id, string path)
    {
        var role = fields.RequiredString("role") switch
        {
            "user" => ItemRole.User,
            "assistant" => ItemRole.Assistant,
            "system" => ItemRole.System,
            _ => throw fields.Invalid("role", "must be user, assistant or system"),
        };
        if (!fields.Take("content", out var content) || content.ValueKind != JsonValueKind.Array || content.GetArrayLength() == 0)
        {
            throw new ProtocolException("missing_required_parameter", $"Missing required parameter: '{fields.Path("content")}'.", fields.Path("content"));
        }

        if (content.GetArrayLength() > MaxParts)
        {
            throw fields.Invalid("content", $"must have at most {MaxParts} parts");
        }

        byte[]? audio = null;
        List<ItemContent> parts = [];
        foreach (var (index, part) in content.EnumerateArray().Index())
        {
            parts.Add(Content(new JsonFields(part, $"{path}.content[{index}]"), role, ref audio));
        }

        return new ItemRequest(new ConversationItem.Message(id, role, ItemStatus.Completed, parts), audio);
    }

    private static ItemContent Content(JsonFields fields, ItemRole role, ref byte[]? audio)
    {
        var type = fields.RequiredString("type");
        var expected = role == ItemRole.Assistant ? "output_text" : "input_text";
        if (type == "input_audio" && role == ItemRole.User)
        {
            if (audio is not null)
            {
                throw fields.NotSupported("type", "a message takes one part of input_audio");
            }

            audio = Decode(fields);
            // For reference only: the platform writes down what it hears.
            fields.String("transcript");
            fields.End();
            return new ItemContent(ItemContentKind.InputAudio, null);
        }

        if (type != expected)
        {
            throw type switch
            {
                "input_image" => fields.NotSupported("type", "agents do not see; describe the image as input_text"),
                "output_audio" => fields.NotSupported("type", "assistant audio cannot be created by a client; use output_text"),
                _ => fields.Invalid("type", $"must be {expected}{(role == ItemRole.User ? " or input_audio" : "")} for this role"),
            };
        }

        var text = fields.RequiredString("text");
        fields.End();
        return text.Length <= MaxText
            ? new ItemContent(role == ItemRole.Assistant ? ItemContentKind.OutputText : ItemContentKind.InputText, text)
            : throw fields.Invalid("text", $"must have at most {MaxText} characters");
    }

    private static byte[] Decode(JsonFields fields)
    {
        if (!fields.Take("audio", out var audio) || audio.ValueKind != JsonValueKind.String)
        {
            throw new ProtocolException("missing_required_parameter", $"Missing required parameter: '{fields.Path("audio")}', audio in base64.", fields.Path("audio"));
        }

        if (!audio.TryGetBytesFromBase64(out var bytes) || bytes.Length == 0)
        {
            throw new ProtocolException("invalid_audio", $"'{fields.Path("audio")}' must be base64 of audio bytes in the session's input format.", fields.Path("audio"));
        }

        return bytes;
    }

    private static ConversationItem.FunctionCall Call(JsonFields fields, string id)
    {
        var call = new ConversationItem.FunctionCall(
            id, ItemStatus.Completed, fields.String("call_id") is { Length: > 0 } callId ? Short(callId, fields) : $"call_{Guid.NewGuid():N}",
            fields.RequiredString("name"), fields.String("arguments") ?? "{}");
        return call.Arguments.Length <= MaxOutput && call.Name.Length <= 64 ? call
            : throw fields.Invalid("arguments", $"must have at most {MaxOutput} characters, and the name at most 64");
    }

    private static ConversationItem.FunctionCallOutput Output(JsonFields fields, string id)
    {
        var output = new ConversationItem.FunctionCallOutput(
            id, Short(fields.RequiredString("call_id"), fields),
            fields.String("output") ?? throw new ProtocolException("missing_required_parameter", $"Missing required parameter: '{fields.Path("output")}'.", fields.Path("output")));
        return output.Output.Length <= MaxOutput ? output : throw fields.Invalid("output", $"must have at most {MaxOutput} characters");
    }

    private static string Short(string callId, JsonFields fields) => callId.Length <= 64 ? callId : throw fields.Invalid("call_id", "must have at most 64 characters");
}
