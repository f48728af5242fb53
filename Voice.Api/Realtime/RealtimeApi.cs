using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Realtime;

internal static class RealtimeApi
{
    private const string Subprotocol = "realtime";

    /// <summary>Pings notice a peer that vanished without a word.</summary>
    private static readonly WebSocketOptions SocketOptions = new() { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(15) };

    public static void UseRealtime(this WebApplication app) => app.UseWebSockets(SocketOptions);

    public static RouteGroupBuilder MapRealtimeApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/realtime").WithTags("Realtime").RequireScope(Scopes.SessionsWrite);
        group.MapGet("/", ConnectAsync).WithName("ConnectRealtime").WithSummary("Begin a conversation")
            .WithDescription(
                "A WebSocket that speaks OpenAI's Realtime protocol: events of JSON in both directions, audio as base64 PCM of 24 kHz in them. Any of OpenAI's realtime clients works. "
                + "What the platform adds to the protocol is described in docs/specs/realtime.md. A refusal after the upgrade comes as an `error` event and a close code.")
            .WithQuery("agent", "Id or name of the agent that answers.")
            .WithQuery("model", "The same, as OpenAI's clients call it.")
            .WithQuery("intent", "Without an agent: only transcribes.", "string", "transcription")
            .WithQuery("greet", "Whether the agent speaks first.", "boolean")
            .WithQuery("resumable", "Whether the client may come back after its connection was lost; `session.created` then has the token for it.", "boolean")
            .WithQuery("resume", "The token of a session to come back to.")
            .WithQuery("last_event_id", "With `resume`: the last event that the client has.")
            .Produces(StatusCodes.Status101SwitchingProtocols)
            .WithErrors("websocket_required", "client_secret_not_allowed", "client_secret_agent", "client_secret_origin", "expired_client_secret", "invalid_client_secret", "used_client_secret");
        return group;
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ConnectAsync(
        HttpContext context, RealtimeEntrance entrance, CancellationToken cancellationToken)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return ApiError.Result(StatusCodes.Status426UpgradeRequired, "websocket_required", "This address speaks WebSocket: connect with ws:// or wss://.");
        }

        // A client that offers subprotocols fails unless one is chosen; the key that may travel beside "realtime" is for the gateway.
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(offered.Contains(Subprotocol) ? Subprotocol : null);
        var query = context.Request.Query;
        var request = new RealtimeRequest(context.User.GetCaller(), Value(query["agent"]) ?? Value(query["model"]), Value(query["intent"]), Value(query["call_id"]), query["greet"] == "true")
        {
            ClientSecret = Value(context.Request.Headers[ClientSecret.HashHeader]),
            Resumable = query["resumable"] == "true",
            Resume = Value(query["resume"]),
            LastEventId = Value(query["last_event_id"]),
        };
        await entrance.AdmitAsync(new RealtimeSocket(socket), request, cancellationToken);
        return TypedResults.Empty;
    }

    private static string? Value(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
