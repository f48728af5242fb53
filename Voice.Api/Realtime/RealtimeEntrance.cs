using System.Net.WebSockets;
using Voice.Api.Realtime.Wire;
using Voice.ServiceDefaults;

namespace Voice.Api.Realtime;

/// <summary>Decides about each connection: which session it becomes, or why it is refused.</summary>
internal sealed partial class RealtimeEntrance(RealtimeServices services, RealtimeSessions sessions)
{
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(5);

    /// <returns>When nobody needs the socket any more.</returns>
    public async Task AdmitAsync(RealtimeSocket socket, RealtimeRequest request, CancellationToken cancellationToken)
    {
        if (request.Resume is { } token)
        {
            await ResumeAsync(socket, request, token, cancellationToken);
            return;
        }

        if (Refusal(request) is var (code, message))
        {
            await RefuseAsync(socket, code, message, cancellationToken);
            return;
        }

        var agent = await services.Agents.FindAsync(request.Caller.OrganizationId, request.Agent!, cancellationToken);
        if (agent is null)
        {
            await RefuseAsync(socket, "agent_not_found", "There is no such agent. GET /api/v1/agents lists those you have.", cancellationToken);
            return;
        }

        var state = new SessionState(Ids.New("sess", services.Time), agent, services.Time.GetUtcNow() + services.Options.SessionLimit)
        {
            Resume = request.Resumable ? new ResumeOffer(ResumeToken.Create(), services.Options.ResumeLimit) : null,
        };
        using var connection = new RealtimeConnection(socket, services.Time);
        sessions.Begin(new RealtimeSession(state, request.Caller, request.Greet || services.Options.Greet, services), connection);
        await connection.Released;
    }

    private async Task ResumeAsync(RealtimeSocket socket, RealtimeRequest request, string token, CancellationToken cancellationToken)
    {
        using var connection = new RealtimeConnection(socket, services.Time);
        var arrival = new Arrival(connection, ResumeToken.EventNumber(request.LastEventId));
        if (sessions.Find(token)?.TryResume(request.Caller, arrival) != true || !await connection.Released)
        {
            // One answer to all: whether a token is another's, of the past or of nobody's is not for guessing.
            await RefuseAsync(socket, "session_not_resumable", "There is no session to come back to: it has ended, or the token is not yours. Connect without 'resume'.", cancellationToken);
        }
    }

    private static (string Code, string Message)? Refusal(RealtimeRequest request) => request switch
    {
        { Intent: "transcription" } => ("not_supported", "Transcription sessions (intent=transcription) are not supported here yet; connect with ?agent=<agent>."),
        { CallId: not null } => ("not_supported", "Joining a call (call_id) is not supported yet; connect with ?agent=<agent>."),
        { Agent: null } => ("agent_required", "Name an agent: /v1/realtime?agent=<agent>, or ?model=<agent>."),
        _ => null,
    };

    private async Task RefuseAsync(RealtimeSocket socket, string code, string message, CancellationToken cancellationToken)
    {
        Log.Refused(services.Logger, code);
        services.Metrics.Error(code);
        using var writer = new ServerEventWriter();
        using var limit = new CancellationTokenSource(RefusalLimit, services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            // Over the socket, not as a refused upgrade: browsers cannot read the answer to those.
            await socket.SendAsync(writer.Error("invalid_request_error", code, message), ending.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, code, ending.Token);
            while ((await socket.ReceiveAsync(ending.Token)).Kind != ReceivedKind.Close)
            {
                // What the client sends before it reads the refusal.
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Refused a realtime connection: {Code}")]
        public static partial void Refused(ILogger logger, string code);
    }
}
