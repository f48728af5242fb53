using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;

namespace Voice.Inference.Chat;

/// <summary><c>messages</c>: what was said, which tools were called and what they answered.</summary>
internal static class ChatMessages
{
    private const string Field = "messages";

    /// <param name="messages">A list of objects that have a known role.</param>
    public static List<ChatMessage> Of(JsonElement messages) => [.. messages.EnumerateArray().Select(Message)];

    private static ChatMessage Message(JsonElement message)
    {
        var role = message.GetProperty("role").GetString()!;
        var content = ChatRequest.Find(message, "content");
        if (role == "tool")
        {
            var id = ChatRequest.Find(message, "tool_call_id") is { ValueKind: JsonValueKind.String } given ? given.GetString()! : throw new FieldException(Field, "A message of the role tool needs a 'tool_call_id'.");
            return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, string.Concat(Contents(content).OfType<TextContent>().Select(text => text.Text)))]);
        }

        var contents = Contents(content);
        if (ChatRequest.Find(message, "tool_calls") is { } calls)
        {
            contents.AddRange(calls.ValueKind == JsonValueKind.Array ? calls.EnumerateArray().Select(Call) : throw new FieldException(Field, "'tool_calls' of a message must be a list."));
        }

        // What OpenAI calls a developer is elsewhere the system.
        return new ChatMessage(role == "developer" ? ChatRole.System : new ChatRole(role), contents);
    }

    private static List<AIContent> Contents(JsonElement? content) => content switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => [new TextContent(text.GetString())],
        { ValueKind: JsonValueKind.Array } parts => [.. parts.EnumerateArray().Select(Part)],
        _ => throw new FieldException(Field, "A message's 'content' must be a text or a list of parts."),
    };

    private static AIContent Part(JsonElement part)
    {
        var type = part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        return type switch
        {
            "text" when part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => new TextContent(text.GetString()),
            "refusal" when part.TryGetProperty("refusal", out var refusal) && refusal.ValueKind == JsonValueKind.String => new TextContent(refusal.GetString()),
            "image_url" when part.TryGetProperty("image_url", out var image) && image.ValueKind == JsonValueKind.Object
                && image.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String => Image(url.GetString()!),
            "input_audio" or "file" => throw new FieldException(Field, $"Parts of the type {type} are not supported by this model.", "unsupported_value"),
            _ => throw new FieldException(Field, "A part of a message's 'content' must be of the type text or image_url, with what its type says."),
        };
    }

    private static AIContent Image(string url)
    {
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                return new DataContent(url);
            }
            catch (Exception failure) when (failure is ArgumentException or FormatException or UriFormatException)
            {
                throw new FieldException(Field, "The data of an 'image_url' cannot be read.");
            }
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? new UriContent(address, "image/*")
            : throw new FieldException(Field, "An 'image_url' must be an http address or data of an image.");
    }

    private static AIContent Call(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object || ChatRequest.Find(call, "id") is not { ValueKind: JsonValueKind.String } id
            || ChatRequest.Find(call, "function") is not { ValueKind: JsonValueKind.Object } function || ChatRequest.Find(function, "name") is not { ValueKind: JsonValueKind.String } name)
        {
            throw new FieldException(Field, "Every one of 'tool_calls' needs an 'id' and a 'function' with a 'name'.");
        }

        var text = ChatRequest.Find(function, "arguments") is { ValueKind: JsonValueKind.String } arguments ? arguments.GetString()! : "{}";
        var content = new FunctionCallContent(id.GetString()!, name.GetString()!) { RawRepresentation = text };
        try
        {
            content.Arguments = JsonSerializer.Deserialize<Dictionary<string, object?>>(text);
        }
        catch (JsonException failure)
        {
            // What a model once wrote goes back to it as it is.
            content.Exception = failure;
        }

        return content;
    }
}
