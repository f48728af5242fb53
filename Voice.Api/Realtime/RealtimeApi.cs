using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

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
        group.MapGet("/", ConnectAsync).ExcludeFromDescription();
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
