using System.Text.Json;
using Voice.Core.Audio;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime.Wire;

/// <summary>Client events other than audio to calls of the conversation.</summary>
internal static class ClientEvents
{

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

        if (!JsonText.IsText(message.Span))
        {
            document.Dispose();
            throw new ProtocolException("invalid_json", "A string of the message has half of a surrogate pair, which is no text.");
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

    public static bool IsResponseCreate(JsonElement root) =>
        root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("response.create"u8);

    /// <returns>The updated session, for <c>session.update</c>; null for every other event.</returns>
    public static SessionState? Handle(JsonElement root, Conversation conversation, SessionState state)
    {
        var eventId = EventId(root);
        var fields = new JsonFields(root, string.Empty);
        fields.Take("event_id", out _);
        var type = fields.RequiredString("type");
        if (state.Type == SessionState.Transcribing
            && type is ("conversation.item.create" or "conversation.item.truncate" or "response.create" or "response.cancel"))
        {
            throw new ProtocolException("not_supported", $"This is a transcription session, which has no replies: {type} has no meaning in it.", "type");
        }

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
                var created = ItemRequest.Read(fields.Take("item", out var item) ? item : throw Missing("item"), "item");
                conversation.CreateItem(created.Item, fields.String("previous_item_id"), eventId, created.Audio is { } audio ? Pcm(audio, state.InputFormat) : default);
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
                conversation.CreateResponse(ResponseRequestJson.Read(fields, state, eventId));
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

    private static ReadOnlyMemory<byte> Pcm(byte[] audio, AudioFormat format)
    {
        if (format.Encoding == AudioEncoding.Pcm)
        {
            return audio.Length % sizeof(short) == 0 ? audio
                : throw new ProtocolException("invalid_audio", $"audio/pcm has 2 bytes per sample; {audio.Length} bytes are no whole number of samples.", "item.content");
        }

        var samples = new short[audio.Length];
        format.Decode(audio, samples);
        return Pcm16.Bytes(samples).ToArray();
    }

    private static ProtocolException Missing(string path) => new("missing_required_parameter", $"Missing required parameter: '{path}'.", path);
}
