using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Realtime;

/// <summary><c>GET /v1/realtime?intent=transcription</c>: OpenAI's realtime transcription, with partial hypotheses and binary audio as extensions.</summary>
internal static class RealtimeApi
{
    public static void MapRealtimeApi(this IEndpointRouteBuilder group) => group.MapGet("/realtime", ConnectAsync).ExcludeFromDescription();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ConnectAsync(
        HttpContext http,
        EngineCatalog engines,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        ILogger<RealtimeTranscription> logger,
        CancellationToken cancellationToken)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            return ApiError.Result(StatusCodes.Status426UpgradeRequired, "websocket_required", "This address speaks WebSocket.");
        }

        if (http.Request.Query["intent"] != "transcription")
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_value", "Only ?intent=transcription is served here; conversations are voice-api's.", "intent");
        }

        var subprotocol = http.WebSockets.WebSocketRequestedProtocols.Contains("realtime") ? "realtime" : null;
        using var socket = await http.WebSockets.AcceptWebSocketAsync(subprotocol);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await using var connection = new RealtimeConnection(socket, time);
        await using var transcription = new RealtimeTranscription(connection, engines, http.User.FindCaller()?.OrganizationId, time, logger);
        InferenceTelemetry.StreamOpened();
        try
        {
            await transcription.RunAsync(stop.Token);
        }
        finally
        {
            InferenceTelemetry.StreamClosed();
            if (transcription.SecondsHeard > 0)
            {
                UsageMeter.Of(http)?.Add(UsageKinds.AudioSeconds, transcription.SecondsHeard);
            }
        }

        return TypedResults.Empty;
    }
}
