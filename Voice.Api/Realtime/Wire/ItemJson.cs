using System.Text.Json;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime.Wire;

/// <summary>Items of a conversation as the protocol has them.</summary>
internal static class ItemJson
{
    /// <summary>Tools of the agent's are shown as those of a server of its name: a client must not run them.</summary>
    public const string ServerLabel = "agent";

    public static void Write(Utf8JsonWriter json, ConversationItem item)
    {
        json.WriteStartObject();
        json.String("id", item.Id).String("object", "realtime.item").String("type", Type(item)).String("status", Name(item.Status));
        switch (item)
        {
            case ConversationItem.Message message:
                Message(json, message);
                break;
            case ConversationItem.FunctionCall call:
                json.String("call_id", call.CallId).String("name", call.Name).String("arguments", call.Arguments);
                break;
            case ConversationItem.FunctionCallOutput output:
                json.String("call_id", output.CallId).String("output", output.Output);
                break;
            case ConversationItem.ServerToolCall call:
                ServerToolCall(json, call);
                break;
        }

        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, ConversationItem.Message message)
    {
        json.String("role", message.Role switch { ItemRole.System => "system", ItemRole.User => "user", _ => "assistant" });
        json.WriteStartArray("content");
        foreach (var part in message.Content)
        {
            json.WriteStartObject();
            json.String("type", Name(part.Kind));
            // The key must be there even where the transcript is not: clients validate it.
            json.String(part.Kind is ItemContentKind.InputAudio or ItemContentKind.OutputAudio ? "transcript" : "text", part.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (message.Filler)
        {
            json.WriteStartObject("voiceaspire");
            json.WriteBoolean("filler", true);
            json.WriteEndObject();
        }
    }

    private static void ServerToolCall(Utf8JsonWriter json, ConversationItem.ServerToolCall call)
    {
        json.String("server_label", ServerLabel).String("name", call.Name).String("arguments", call.Arguments).String("output", call.Output);
        json.WriteNull("approval_request_id");
        if (call.Error is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.String("type", "tool_execution_error").String("message", call.Error);
        json.WriteEndObject();
    }

    private static string Type(ConversationItem item) => item switch
    {
        ConversationItem.FunctionCall => "function_call",
        ConversationItem.FunctionCallOutput => "function_call_output",
        ConversationItem.ServerToolCall => "mcp_call",
        _ => "message",
    };

    private static string Name(ItemStatus status) => status switch { ItemStatus.InProgress => "in_progress", ItemStatus.Completed => "completed", _ => "incomplete" };

    private static string Name(ItemContentKind kind) => kind switch
    {
        ItemContentKind.InputText => "input_text",
        ItemContentKind.InputAudio => "input_audio",
        ItemContentKind.OutputText => "output_text",
        _ => "output_audio",
    };
}
