using System.Net.WebSockets;
using Voice.Api.Realtime.Wire;
using Voice.Api.Sessions;
using Voice.ServiceDefaults.Errors;

namespace Voice.Api.Realtime;

/// <summary>Decides about each connection: which session it becomes, or why it is refused.</summary>
internal sealed partial class RealtimeEntrance(RealtimeServices services, RealtimeSessions sessions, Admission admission, SessionOpening opening)
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

        if (request.CallId is not null)
        {
            await RefuseAsync(
                socket, ConnectionRefusal.Invalid("not_supported", "Joining a call (call_id) is not supported: connect with ?agent=<agent>."), cancellationToken);
            return;
        }

        // Before anything is asked of the database: a refusal must cost next to nothing.
        using var place = admission.TryEnter();
        if (place is null)
        {
            await RefuseAsync(socket, Overloaded(), cancellationToken);
            return;
        }

        SessionState state;
        try
        {
            state = await opening.OpenAsync(request, cancellationToken);
        }
        catch (ProtocolException problem)
        {
            await RefuseAsync(socket, ConnectionRefusal.Invalid(problem.Code, problem.Message), cancellationToken);
            return;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            await RefuseAsync(socket, ConnectionRefusal.NoDatabase(services.Options.RetryAfter), cancellationToken);
            return;
        }

        using var connection = new RealtimeConnection(socket, services.Time);
        if (!sessions.TryBegin(new RealtimeSession(state, request.Caller, request.Greet || services.Options.Greet, services), connection))
        {
            await RefuseAsync(socket, Draining(), cancellationToken);
            return;
        }

        place.Dispose();
        await connection.Released;
    }

    private async Task ResumeAsync(RealtimeSocket socket, RealtimeRequest request, string token, CancellationToken cancellationToken)
    {
        using var connection = new RealtimeConnection(socket, services.Time);
        var arrival = new Arrival(connection, ResumeToken.EventNumber(request.LastEventId));
        if (sessions.Find(token)?.TryResume(request.Caller, arrival) != true || !await connection.Released)
        {
            // One answer to all: whether a token is another's, of the past or of nobody's is not for guessing.
            await RefuseAsync(
                socket,
                ConnectionRefusal.Invalid("session_not_resumable", "There is no session to come back to: it has ended, or the token is not yours. Connect without 'resume'."),
                cancellationToken);
        }
    }

    private ConnectionRefusal Overloaded() => new(
        "server_error", "server_overloaded", "This server takes no more sessions at the moment; connect again after retry_after_ms.",
        ConnectionRefusal.TryAgainLater, services.Options.RetryAfter);

    private ConnectionRefusal Draining() => new(
        "server_error", "server_draining", "This server is about to stop; connect again after retry_after_ms: another takes you, or this one when it is back.",
        ConnectionRefusal.TryAgainLater, services.Options.RetryAfter);

    private async Task RefuseAsync(RealtimeSocket socket, ConnectionRefusal refusal, CancellationToken cancellationToken)
    {
        Log.Refused(services.Logger, refusal.Code);
        services.Metrics.Error(refusal.Code);
        using var writer = new ServerEventWriter();
        using var limit = new CancellationTokenSource(RefusalLimit, services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            // Over the socket, not as a refused upgrade: browsers cannot read the answer to those.
            await socket.SendAsync(writer.Refusal(refusal), ending.Token);
            await socket.CloseOutputAsync(refusal.Status, refusal.Code, ending.Token);
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
