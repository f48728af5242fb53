using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Voice.Core.Providers.ChatCompletions;

/// <summary>A request of Microsoft.Extensions.AI as <c>/v1/chat/completions</c> takes it, to be answered as a stream.</summary>
public static class ChatCompletionsRequest
{
    private static readonly JsonSerializerOptions MetadataJson = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <exception cref="NotSupportedException">A kind of tool that is no function, or a tool that must be called where the dialect cannot say so.</exception>
    public static JsonObject From(string model, IEnumerable<ChatMessage> messages, ChatOptions? options, ChatCompletionsDialect dialect)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["messages"] = Messages(messages, options),
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
        };
        Set(body, "temperature", options?.Temperature);
        Set(body, "top_p", options?.TopP);
        Set(body, dialect.MaxTokens, options?.MaxOutputTokens);
        Set(body, "frequency_penalty", options?.FrequencyPenalty);
        Set(body, "presence_penalty", options?.PresencePenalty);
        Set(body, "seed", options?.Seed);
        Set(body, "stop", options?.StopSequences is { Count: > 0 } stop ? new JsonArray([.. stop.Select(text => (JsonNode)text)]) : null);
        Set(body, "metadata", dialect.Metadata ? Metadata(options) : null);
        Set(body, "reasoning_effort", dialect.ReasoningEffort ? Effort(options?.Reasoning?.Effort) : null);
        Set(body, "response_format", Format(options?.ResponseFormat));
        AddTools(body, options, dialect);
        return body;
    }

    private static void AddTools(JsonObject body, ChatOptions? options, ChatCompletionsDialect dialect)
    {
        if (options?.Tools is not { Count: > 0 } all)
        {
            return;
        }

        var tools = all.OfType<AIFunctionDeclaration>().Select(Tool).ToArray();
        if (tools.Length != all.Count)
        {
            throw new NotSupportedException("This chat client sends functions, and no other kind of tool.");
        }

        if (options.ToolMode is NoneChatToolMode && !dialect.ToolChoice)
        {
            return; // Not offered is not called.
        }

        if (options.ToolMode is RequiredChatToolMode && !dialect.ToolChoice)
        {
            throw new NotSupportedException("The model server cannot be told that a tool must be called.");
        }

        body["tools"] = new JsonArray(tools);
        Set(body, "tool_choice", Choice(options.ToolMode));
        Set(body, "parallel_tool_calls", dialect.ToolChoice ? options.AllowMultipleToolCalls : null);
    }

    private static JsonNode Tool(AIFunctionDeclaration tool)
    {
        var function = new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description, ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()) };
        Set(function, "strict", tool.AdditionalProperties.GetValueOrDefault("strict") as bool?);
        return new JsonObject { ["function"] = function, ["type"] = "function" };
    }

    /// <returns>Null where it is the default.</returns>
    private static JsonNode? Choice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => "none",
        RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } },
        RequiredChatToolMode => "required",
        _ => null,
    };

    private static JsonNode? Metadata(ChatOptions? options)
    {
        var metadata = options?.AdditionalProperties?.GetValueOrDefault("metadata");
        return metadata is null ? null : (metadata as JsonNode)?.DeepClone() ?? JsonSerializer.SerializeToNode(metadata, MetadataJson);
    }

    private static string? Effort(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => null,
    };

    private static JsonObject? Format(ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
        {
            return null;
        }

        if (json.Schema is not { } schema)
        {
            return new JsonObject { ["type"] = "json_object" };
        }

        var described = new JsonObject { ["name"] = json.SchemaName ?? "answer" };
        Set(described, "description", json.SchemaDescription);
        described["schema"] = JsonNode.Parse(schema.GetRawText());
        // Strictness wants a schema that is closed, and refuses any other: asked for where the schema says that it is.
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
        {
            described["strict"] = true;
        }

        return new JsonObject { ["type"] = "json_schema", ["json_schema"] = described };
    }

    private static JsonArray Messages(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var all = new JsonArray();
        if (options?.Instructions is { Length: > 0 } instructions)
        {
            all.Add(Message("system", instructions));
        }

        foreach (var message in messages)
        {
            var results = message.Contents.OfType<FunctionResultContent>().ToList();
            foreach (var result in results)
            {
                var answer = Message("tool", result.Result as string ?? JsonSerializer.Serialize(result.Result));
                answer["tool_call_id"] = result.CallId;
                all.Add(answer);
            }

            if (results.Count == 0)
            {
                all.Add(Message(message));
            }
        }

        return all;
    }

    private static JsonObject Message(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Select(Call).ToArray();
        if (calls.Length == 0)
        {
            return Message(message.Role.Value, message.Contents.Any(IsImage) ? new JsonArray([.. message.Contents.Select(Part).OfType<JsonNode>()]) : message.Text);
        }

        // The content may be missing only beside tool calls.
        var whole = new JsonObject { ["role"] = message.Role.Value };
        Set(whole, "content", message.Text is { Length: > 0 } text ? text : null);
        whole["tool_calls"] = new JsonArray(calls);
        return whole;
    }

    private static JsonObject Message(string role, JsonNode content) => new() { ["role"] = role, ["content"] = content };

    private static bool IsImage(AIContent content) =>
        content is DataContent data && data.HasTopLevelMediaType("image") || content is UriContent uri && uri.HasTopLevelMediaType("image");

    private static JsonObject? Part(AIContent content) => content switch
    {
        TextContent text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
        DataContent data when IsImage(data) => new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = data.Uri } },
        UriContent uri when IsImage(uri) => new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = uri.Uri.AbsoluteUri } },
        _ => null,
    };

    private static JsonNode Call(FunctionCallContent call) => new JsonObject
    {
        ["id"] = call.CallId,
        ["function"] = new JsonObject
        {
            ["name"] = call.Name,
            ["arguments"] = call.RawRepresentation as string ?? JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>()),
        },
        ["type"] = "function",
    };

    private static void Set(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
