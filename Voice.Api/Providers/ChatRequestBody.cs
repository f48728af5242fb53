using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Voice.Api.Providers;

/// <summary>A request of Microsoft.Extensions.AI as <c>/v1/chat/completions</c> takes it.</summary>
internal static class ChatRequestBody
{
    private static readonly JsonSerializerOptions MetadataJson = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static JsonContent From(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var metadata = options?.AdditionalProperties?.GetValueOrDefault("metadata");
        var tools = options?.Tools?.OfType<AIFunctionDeclaration>().Select(tool => new ChatTool(new ChatToolFunction(tool.Name, tool.Description, tool.JsonSchema))).ToList();
        if (options?.Tools?.Count != tools?.Count)
        {
            throw new NotSupportedException("This chat client sends functions, and no other kind of tool.");
        }

        return JsonContent.Create(
            new ChatBody(options?.ModelId ?? "default", [.. Messages(messages, options)])
            {
                Temperature = options?.Temperature,
                TopP = options?.TopP,
                MaxCompletionTokens = options?.MaxOutputTokens,
                Stop = options?.StopSequences,
                Metadata = metadata is null ? null : metadata as JsonNode ?? JsonSerializer.SerializeToNode(metadata, MetadataJson),
                Tools = tools is { Count: > 0 } ? tools : null,
                ToolChoice = tools is { Count: > 0 } ? Choice(options!.ToolMode) : null,
                ParallelToolCalls = tools is { Count: > 0 } ? options!.AllowMultipleToolCalls : null,
            },
            ProviderJson.Default.ChatBody);
    }

    /// <returns>Null where it is the default.</returns>
    private static JsonNode? Choice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => "none",
        RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } },
        RequiredChatToolMode => "required",
        _ => null,
    };

    private static IEnumerable<ChatBodyMessage> Messages(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Instructions is { Length: > 0 } instructions)
        {
            yield return new ChatBodyMessage("system", instructions);
        }

        foreach (var message in messages)
        {
            var calls = message.Contents.OfType<FunctionCallContent>().Select(Call).ToList();
            var results = message.Contents.OfType<FunctionResultContent>().ToList();
            foreach (var result in results)
            {
                yield return new ChatBodyMessage("tool", result.Result as string ?? JsonSerializer.Serialize(result.Result), ToolCallId: result.CallId);
            }

            if (results.Count == 0)
            {
                yield return calls.Count == 0 ? new ChatBodyMessage(message.Role.Value, message.Text)
                    : new ChatBodyMessage(message.Role.Value, message.Text is { Length: > 0 } text ? text : null, calls);
            }
        }
    }

    private static ChatToolCall Call(FunctionCallContent call) =>
        new(null, call.CallId, new ChatToolCallFunction(call.Name, call.RawRepresentation as string ?? JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>())));
}
