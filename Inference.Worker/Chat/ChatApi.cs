using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.Inference.Upstream;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Chat;

/// <summary><c>POST /v1/chat/completions</c>, as OpenAI defines it.</summary>
internal static class ChatApi
{
    private const string RequestSchema =
        """
        {"type":"object","required":["messages"],"properties":{
          "model":{"type":["string","null"]},
          "messages":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"object","required":["role"],"properties":{
            "role":{"type":"string","enum":["system","developer","user","assistant","tool"]},
            "content":{"type":["string","array","null"],"description":"A text, or a list of parts."}}}},
          "stream":{"type":["boolean","null"]},
          "stream_options":{"type":["object","null"],"properties":{"include_usage":{"type":"boolean"}}},
          "metadata":{"type":["object","null"],"additionalProperties":{"type":"string"}},
          "tools":{"type":["array","null"],"maxItems":128,"items":{"type":"object","description":"A function: a name, a description, and its parameters as a JSON schema."}},
          "tool_choice":{"type":["string","object","null"]},
          "parallel_tool_calls":{"type":["boolean","null"]},
          "response_format":{"type":["object","null"],"description":"text, json_object, or json_schema with a schema; a model that cannot keep to it refuses."},
          "max_completion_tokens":{"type":["integer","null"],"minimum":1},
          "temperature":{"type":["number","null"],"minimum":0,"maximum":2},
          "top_p":{"type":["number","null"],"minimum":0,"maximum":1},
          "stop":{"type":["string","array","null"]},
          "n":{"type":["integer","null"],"enum":[1,null]}}}
        """;

    private const int MaxMessages = 1_000;
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool"];

    private const int MaxBody = 4 * 1024 * 1024;

    public static void MapChatApi(this IEndpointRouteBuilder group) =>
        group.MapPost("/chat/completions", CompleteAsync).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody))
            .WithTags("Chat").WithName("CreateChatCompletion").WithSummary("Ask a language model")
            .WithDescription("As OpenAI defines it; what a model here has no meaning for is passed over. With `stream`, server-sent events.")
            .WithBody("application/json", RequestSchema)
            .WithErrors("invalid_value", "unsupported_value", "model_not_found", "provider_rejected", "provider_failed", "provider_unavailable")
            .WithRequestExample("""{"model":"default","messages":[{"role":"system","content":"The clinic is open Monday to Friday from 8 to 18."},{"role":"user","content":"When are you open?"}]}""")
            .Produces<ChatCompletion>()
            .WithResponseExample(
                """
                {"id":"chatcmpl-019891f0a5b27c3d8e4f5a6b7c8d9e0f","object":"chat.completion","created":1795168800,"model":"extractive",
                 "choices":[{"index":0,"message":{"role":"assistant","content":"The clinic is open Monday to Friday from 8 to 18.","refusal":null},"finish_reason":"stop","logprobs":null}],
                 "usage":{"prompt_tokens":17,"completion_tokens":11,"total_tokens":28}}
                """);

    private static async Task<Results<ChatResult, ForwardedChatResult, ProblemHttpResult>> CompleteAsync(
        JsonElement body,
        EngineCatalog engines,
        HttpContext context,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return ApiError.Result(400, "invalid_value", "The request must be a JSON object.");
        }

        var model = ChatRequest.Find(body, "model");
        if (model is { } named && Text(named) is null)
        {
            return ApiError.Result(400, "invalid_value", "'model' must be a text.", "model");
        }

        if (ChatRequest.Find(body, "messages") is not { ValueKind: JsonValueKind.Array } messages || messages.GetArrayLength() is 0 or > MaxMessages)
        {
            return ApiError.Result(400, "invalid_value", $"'messages' is required: 1 to {MaxMessages} messages.", "messages");
        }

        if (messages.EnumerateArray().Any(message => !HasRole(message)))
        {
            return ApiError.Result(400, "invalid_value", "A message's 'role' must be system, developer, user, assistant or tool.", "messages");
        }

        var route = await engines.ChatAsync(EngineAsk.Of(context, model?.GetString()), cancellationToken);
        if (route.Forward is { } forward)
        {
            return await ForwardedChatResult.CreateAsync(forward.SendAsync(JsonObject.Create(body)!, cancellationToken), route.Label, time, cancellationToken);
        }

        return await ChatResult.CreateAsync(route.Route, ChatRequest.Of(body), time, cancellationToken);
    }

    /// <summary>Null for what is no text, which half of a surrogate pair is not either.</summary>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool HasRole(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("role", out var role) && Text(role) is { } name && Roles.Contains(name);
}
