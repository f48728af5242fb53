using System.Text.Json;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime.Wire;

/// <summary>Client events other than audio to calls of the conversation.</summary>
internal static class ClientEvents
{
    private const int MaxText = 32_768;
    private const int MaxMetadata = 16;

    /// <summary>Parses, and answers what is wrong with the message rather than with what it asks for.</summary>
    /// <exception cref="ProtocolException">No JSON object with a type.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> message)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            throw new ProtocolException("invalid_json", "The message is not valid JSON.");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new ProtocolException("invalid_event", "An event is a JSON object with a 'type'.");
        }

        return document;
    }

    public static string? EventId(JsonElement element) =>
        element.TryGetProperty("event_id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: <= 512 } text ? text : null;

    /// <summary>Of <c>{"type":"voiceaspire.ack","last_event_id":"event_41"}</c> the 41: a client that may resume says what it has, and the server forgets it.</summary>
    /// <returns>Null for every other event.</returns>
    public static long? Acknowledged(JsonElement root)
    {
        if (!root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("voiceaspire.ack"u8))
        {
            return null;
        }

        return root.TryGetProperty("last_event_id", out var id) && id.ValueKind == JsonValueKind.String && ResumeToken.EventNumber(id.GetString()) is { } number
            ? number
            : throw new ProtocolException("invalid_value", "'last_event_id' is the id of an event you were sent, like 'event_41'.", "last_event_id");
    }

    /// <returns>The updated session, for <c>session.update</c>; null for every other event.</returns>
    public static SessionState? Handle(JsonElement root, Conversation conversation, SessionState state)
    {
        var eventId = EventId(root);
        var fields = new JsonFields(root, string.Empty);
        fields.Take("event_id", out _);
        var type = fields.RequiredString("type");
        switch (type)
        {
            case "session.update":
                return SessionUpdate.Apply(state, fields.Take("session", out var session) ? session : throw Missing("session"));
            case "input_audio_buffer.commit":
                conversation.CommitAudio(eventId);
                break;
            case "input_audio_buffer.clear":
                conversation.ClearAudio();
                break;
            case "conversation.item.create":
                conversation.CreateItem(Item(fields.Take("item", out var item) ? item : throw Missing("item")), fields.String("previous_item_id"), eventId);
                break;
            case "conversation.item.retrieve":
                conversation.RetrieveItem(fields.RequiredString("item_id"), eventId);
                break;
            case "conversation.item.delete":
                conversation.DeleteItem(fields.RequiredString("item_id"), eventId);
                break;
            case "conversation.item.truncate":
                conversation.TruncateItem(
                    fields.RequiredString("item_id"), fields.Integer("content_index", 0, 1_000) ?? 0,
                    fields.Milliseconds("audio_end_ms", 0, int.MaxValue) ?? throw Missing("audio_end_ms"), eventId);
                break;
            case "response.create":
                conversation.CreateResponse(Response(fields, eventId));
                break;
            case "response.cancel":
                conversation.CancelResponse(fields.String("response_id"), eventId);
                break;
            case "output_audio_buffer.clear":
                throw new ProtocolException("not_supported", "output_audio_buffer.clear is for WebRTC and SIP; over WebSocket the client clears its own playback.", "type");
            default:
                throw new ProtocolException("unknown_event", $"Unknown event type: '{(type.Length > 64 ? type[..64] : type)}'.", "type");
        }

        return null;
    }

    private static ConversationItem Item(JsonElement element)
    {
        var fields = new JsonFields(element, "item");
        var type = fields.RequiredString("type");
        if (type != "message")
        {
            throw type is "function_call" or "function_call_output" or "mcp_list_tools" or "mcp_call" or "mcp_approval_request" or "mcp_approval_response"
                ? new ProtocolException("not_supported", $"Items of type '{type}' are not supported yet.", "item.type")
                : fields.Invalid("type", "must be message");
        }

        var role = fields.RequiredString("role") switch
        {
            "user" => ItemRole.User,
            "assistant" => ItemRole.Assistant,
            "system" => ItemRole.System,
            _ => throw fields.Invalid("role", "must be user, assistant or system"),
        };
        if (!fields.Take("content", out var content) || content.ValueKind != JsonValueKind.Array || content.GetArrayLength() == 0)
        {
            throw Missing("item.content");
        }

        var parts = content.EnumerateArray().Select((part, index) => Content(part, role, $"item.content[{index}]")).ToArray();
        var id = fields.String("id") ?? string.Empty;
        return id.Length <= 64 ? new ConversationItem.Message(id, role, ItemStatus.Completed, parts) : throw fields.Invalid("id", "must have at most 64 characters");
    }

    private static ItemContent Content(JsonElement element, ItemRole role, string path)
    {
        var fields = new JsonFields(element, path);
        var type = fields.RequiredString("type");
        var expected = role == ItemRole.Assistant ? "output_text" : "input_text";
        if (type != expected)
        {
            throw type is "input_audio" or "input_image" or "output_audio"
                ? new ProtocolException("not_supported", $"Content of type '{type}' cannot be created here; use {expected}.", fields.Path("type"))
                : fields.Invalid("type", $"must be {expected} for this role");
        }

        var text = fields.RequiredString("text");
        return text.Length <= MaxText
            ? new ItemContent(role == ItemRole.Assistant ? ItemContentKind.OutputText : ItemContentKind.InputText, text)
            : throw fields.Invalid("text", $"must have at most {MaxText} characters");
    }

    private static ResponseRequest Response(JsonFields root, string? eventId)
    {
        if (!root.Take("response", out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return new ResponseRequest(ClientEventId: eventId);
        }

        var fields = new JsonFields(element, "response");
        Unsupported.Check(fields);
        _ = fields.Take("reasoning", out var reasoning) ? PassedThrough.Reasoning(reasoning, fields) : null;
        if (fields.String("conversation") is { } conversation && conversation != "auto")
        {
            throw fields.NotSupported("conversation", "send \"auto\"");
        }

        if (fields.Take("input", out var input) && input.ValueKind != JsonValueKind.Null)
        {
            throw fields.NotSupported("input", "create the items in the conversation");
        }

        bool? audio = fields.Take("output_modalities", out var modalities) ? SessionUpdate.OutputModality(modalities, fields) : null;
        string? voice = null;
        if (fields.Take("audio", out var sound))
        {
            var parts = new JsonFields(sound, fields.Path("audio"));
            if (parts.Take("output", out var output))
            {
                var outputs = new JsonFields(output, parts.Path("output"));
                voice = outputs.Take("voice", out var named) ? SessionUpdate.Voice(named, outputs) : null;
                outputs.End();
            }

            parts.End();
        }

        var request = new ResponseRequest(fields.String("instructions"), audio, voice, Metadata(fields), eventId);
        fields.End();
        return request;
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

    private static ProtocolException Missing(string path) => new("missing_required_parameter", $"Missing required parameter: '{path}'.", path);
}
