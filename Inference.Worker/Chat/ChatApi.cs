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
          "tool_choice":{"type":["string","object","null"]}}}
        """;

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
        JsonObject body,
        EngineCatalog engines,
        HttpContext context,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ChatBody? request;
        try
        {
            request = body.Deserialize(ChatWire.Default.ChatBody);
            // Half of a surrogate pair is no text, and is found out by reading it.
            _ = request?.Messages?.Sum(message => message?.Text().Length);
        }
        catch (InvalidOperationException)
        {
            return ApiError.Result(400, "invalid_value", "A message's 'content' has half of a surrogate pair, which is no text.", "messages");
        }
        catch (JsonException failure)
        {
            return ApiError.Result(400, "invalid_value", $"The request is not a chat completion request{(failure.Path is { } path ? $": see {path}" : "")}.", failure.Path?.TrimStart('$', '.'));
        }

        if (request?.Messages is not { Count: > 0 and <= 1_000 } messages)
        {
            return ApiError.Result(400, "invalid_value", "'messages' is required: 1 to 1000 messages.", "messages");
        }

        var unknown = messages.FirstOrDefault(m => m.Role is not ("system" or "developer" or "user" or "assistant" or "tool"));
        if (unknown is not null)
        {
            return ApiError.Result(400, "invalid_value", "A message's 'role' must be system, developer, user, assistant or tool.", "messages");
        }

        var route = await engines.ChatAsync(EngineAsk.Of(context, request.Model), cancellationToken);
        if (route.Forward is { } forward)
        {
            return await ForwardedChatResult.CreateAsync(forward.SendAsync(body, cancellationToken), route.Label, time, cancellationToken);
        }

        return request.RequiresTool
            ? ApiError.Result(400, "unsupported_value", $"The model '{route.Name}' calls no tools: 'tool_choice' must be auto or none.", "tool_choice")
            : new ChatResult(route.Route, request, time);
    }
}
