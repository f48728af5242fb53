using System.Net.WebSockets;
using Voice.Api.Agents;
using Voice.Api.Realtime.Wire;
using Voice.Api.Sessions;
using Voice.Core.Conversations;
using Voice.ServiceDefaults;

namespace Voice.Api.Realtime;

/// <summary>
/// One client, from its connection to its end. Two loops: receiving never waits for anything but the socket, sending never holds up
/// receiving. How it ends is in docs/specs/conversation.md.
/// </summary>
internal sealed partial class RealtimeSession(RealtimeSocket socket, RealtimeServices services)
{
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(5);

    public async Task RunAsync(RealtimeRequest request, CancellationToken cancellationToken)
    {
        if (Refusal(request) is var (code, message))
        {
            await RefuseAsync(code, message, cancellationToken);
            return;
        }

        var agent = await services.Agents.FindAsync(request.Caller.OrganizationId, request.Agent!, cancellationToken);
        if (agent is null)
        {
            await RefuseAsync("agent_not_found", "There is no such agent. GET /api/v1/agents lists those you have.", cancellationToken);
            return;
        }

        var now = services.Time.GetUtcNow();
        var id = Ids.New("sess", services.Time);
        var descriptor = new SessionDescriptor(id, request.Caller.OrganizationId, request.Caller.Subject, agent, "websocket", now);
        await using var journal = await services.Journals.OpenAsync(descriptor, cancellationToken);
        Log.Began(services.Logger, id, agent.Id);
        services.Metrics.SessionStarted();
        var reason = EndReason.Error;
        try
        {
            reason = await ConverseAsync(new SessionState(id, agent, now + services.Options.SessionLimit), journal, request.Greet || services.Options.Greet);
        }
        catch (Exception exception)
        {
            Log.Failed(services.Logger, id, exception);
            await socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "The server failed.", CancellationToken.None);
        }
        finally
        {
            services.Metrics.SessionEnded();
            Log.Ended(services.Logger, id, reason.Name());
            // The caller is gone or going; the record is not.
            await journal.EndAsync(reason.Name(), CancellationToken.None);
        }
    }

    private static (string Code, string Message)? Refusal(RealtimeRequest request) => request switch
    {
        { Intent: "transcription" } => ("not_supported", "Transcription sessions (intent=transcription) are not supported here yet; connect with ?agent=<agent>."),
        { CallId: not null } => ("not_supported", "Joining a call (call_id) is not supported yet; connect with ?agent=<agent>."),
        { Agent: null } => ("agent_required", "Name an agent: /v1/realtime?agent=<agent>, or ?model=<agent>."),
        _ => null,
    };

    private async Task RefuseAsync(string code, string message, CancellationToken cancellationToken)
    {
        Log.ConnectionRefused(services.Logger, code);
        services.Metrics.Error(code);
        using var writer = new ServerEventWriter(services.Time);
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

    private async Task<EndReason> ConverseAsync(SessionState state, SessionJournal journal, bool greet)
    {
        await using var conversation = new Conversation(Profile(state.Agent), state.ToSettings(), services.Providers, services.Time);
        var recorder = new SessionRecorder(journal);
        var sender = new RealtimeSender(socket, conversation.Events, recorder, state, services);
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        var receiver = new RealtimeReceiver(socket, conversation, recorder, sender, state, services);
        await using var live = await InterventionFeed.StartAsync(services, conversation, sender, state, OnLiveChannelMissing);
        // Last, so that whoever has seen session.created is listened to in every way.
        await sender.GreetAsync(abort.Token);
        conversation.Start(greet);

        using var timers = new CancellationTokenSource();
        var receiving = receiver.RunAsync(abort.Token);
        var sending = sender.RunAsync(abort.Token);
        var expiring = Task.Delay(state.ExpiresAt - services.Time.GetUtcNow(), services.Time, timers.Token);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping, timers.Token);
        var shutdown = Task.Delay(Timeout.InfiniteTimeSpan, services.Time, stopping.Token);
        var first = await Task.WhenAny(receiving, sending, expiring, shutdown);

        var reason = first == receiving ? await receiving : first == sending ? await sending : first == expiring ? EndReason.Expired : EndReason.ServerShutdown;
        if (first == expiring)
        {
            conversation.Tell(new ConversationEvent.Error("invalid_request_error", "session_expired", $"The session reached its limit of {services.Options.SessionLimit.TotalMinutes:0} minutes.", null, null));
        }
        else if (first == shutdown)
        {
            conversation.Tell(new ConversationEvent.Error("server_error", "server_shutdown", "The server is going away; connect again.", null, null));
        }

        // Completes the events, so that the sender ends once it has told and recorded what is left.
        await conversation.DisposeAsync();
        await timers.CancelAsync();
        await EndAsync(receiving, sending, reason, abort);
        return reason;
    }

    /// <summary>Lets the client read what is left and say goodbye, for as long as that takes a client that is there.</summary>
    private async Task EndAsync(Task receiving, Task sending, EndReason reason, CancellationTokenSource abort)
    {
        abort.CancelAfter(services.Options.CloseTimeout);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (status, text) = reason switch
        {
            EndReason.Expired => (WebSocketCloseStatus.PolicyViolation, "session_expired"),
            EndReason.ServerShutdown => (WebSocketCloseStatus.EndpointUnavailable, "server_shutdown"),
            EndReason.Error => (WebSocketCloseStatus.MessageTooBig, "message_too_large"),
            _ => (WebSocketCloseStatus.NormalClosure, "OK"),
        };
        await socket.CloseOutputAsync(status, text, abort.Token);
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void OnLiveChannelMissing(string sessionId, Exception exception) => Log.NoLiveChannel(services.Logger, sessionId, exception);

    private static AgentProfile Profile(AgentDefinition agent) => new(
        agent.Mode, agent.Language, agent.TargetLanguage, agent.Instructions, agent.Greeting, agent.Voice,
        agent.Models.Transcription, agent.Models.Chat, agent.Models.Speech, [.. agent.Knowledge.Select(entry => new Knowledge(entry.Title, entry.Text))]);
}
