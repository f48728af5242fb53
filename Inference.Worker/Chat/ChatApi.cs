using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.Inference.Upstream;
using Voice.ServiceDefaults.Errors;

namespace Voice.Inference.Chat;

/// <summary><c>POST /v1/chat/completions</c>, as OpenAI defines it.</summary>
internal static class ChatApi
{
    private const int MaxBody = 4 * 1024 * 1024;

    public static void MapChatApi(this IEndpointRouteBuilder group) =>
        group.MapPost("/chat/completions", CompleteAsync).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody));

    private static async Task<Results<ChatResult, ForwardedChatResult, ProblemHttpResult>> CompleteAsync(
        JsonObject body,
        EngineCatalog engines,
        ForwardedChat forwarded,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ChatBody? request;
        try
        {
            request = body.Deserialize(ChatWire.Default.ChatBody);
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

        var route = engines.Chat(request.Model);
        if (route.UpstreamModel is { } model)
        {
            var started = time.GetTimestamp();
            var activity = InferenceTelemetry.Start("chat", route.Label);
            return new ForwardedChatResult(await forwarded.SendAsync(body, model, cancellationToken), activity, started, time);
        }

        return request.RequiresTool
            ? ApiError.Result(400, "unsupported_value", $"The model '{route.Name}' calls no tools: 'tool_choice' must be auto or none.", "tool_choice")
            : new ChatResult(route, request, time);
    }
}
