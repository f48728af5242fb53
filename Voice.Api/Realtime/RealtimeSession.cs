using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Voice.Api.Realtime.Wire;
using Voice.Api.Replay;
using Voice.Api.Sessions;
using Voice.Core.Conversations;
using Voice.Core.Replay;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Realtime;

/// <summary>
/// The life of one session, whatever becomes of its connection. Two loops: receiving never waits for anything but the socket, sending
/// never holds up receiving. How it ends is in docs/specs/conversation.md.
/// </summary>
internal sealed partial class RealtimeSession(SessionState state, Caller caller, bool greet, RealtimeServices services)
{
    /// <summary>Of clients that come back at the same time the last one wins; more than these are told to try again.</summary>
    private readonly Channel<Arrival> _arrivals = Channel.CreateBounded<Arrival>(
        new BoundedChannelOptions(4) { SingleReader = true, SingleWriter = false, FullMode = BoundedChannelFullMode.Wait });

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Task> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Conversation? _conversation;
    private Attendance? _attendance;

    /// <summary>What the client is still to be told.</summary>
    private Draining? _draining;

    public string Id => state.Id;

    public ResumeOffer? Resume => state.Resume;

    /// <summary>The client comes back; it is told by its session.</summary>
    /// <returns>False where there is nothing to come back to: the session has ended, or is another's.</returns>
    public bool TryResume(Caller other, Arrival arrival) =>
        other.OrganizationId == caller.OrganizationId && other.Subject == caller.Subject && _arrivals.Writer.TryWrite(arrival);

    /// <summary>
    /// Ends with the session's record, and never with an exception: a session that fails says so in the log and to its client. Not over before it
    /// has begun: whoever waits for all sessions may see one that is just being started, and its client may hear from it before
    /// <see cref="Start"/> returns.
    /// </summary>
    public Task Running => _running.Task.Unwrap();

    /// <summary>The server goes away: the session ends, with everything in the record.</summary>
    public void Stop() => _stopped.TrySetResult();

    public void TellDraining(TimeSpan deadline)
    {
        Volatile.Write(ref _draining, new Draining(deadline));
        TellDraining();
    }

    public void Start(RealtimeConnection connection, Action onEnded) => _running.SetResult(RunAsync(connection, onEnded));

    /// <summary>Instead of <see cref="Start"/>.</summary>
    public void Refuse() => _running.SetResult(Task.CompletedTask);

    private async Task RunAsync(RealtimeConnection connection, Action onEnded)
    {
        try
        {
            await RecordAsync(connection);
        }
        catch (Exception exception) when (_conversation is null && DatabaseOutage.Is(exception))
        {
            var refusal = ConnectionRefusal.NoDatabase(services.Options.RetryAfter);
            services.Metrics.Error(refusal.Code);
            Log.NotBegun(services.Logger, Id, exception);
            using var writer = new ServerEventWriter();
            await connection.SendAsync(writer.Refusal(refusal));
            await connection.CloseOutputAsync(refusal.Status, refusal.Code);
        }
        catch (Exception exception)
        {
            Log.Failed(services.Logger, Id, exception);
            await (_attendance?.Current ?? connection).CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "The server failed.");
        }
        finally
        {
            connection.Release();
            _attendance?.Current?.Release();
            onEnded();
            _arrivals.Writer.Complete();
            while (_arrivals.Reader.TryRead(out var late))
            {
                late.Connection.Release(served: false);
            }
        }
    }

    private async Task RecordAsync(RealtimeConnection connection)
    {
        var descriptor = new SessionDescriptor(Id, caller.OrganizationId, caller.Subject, state.Agent, "websocket", services.Time.GetUtcNow());
        await using var journal = await services.Journals.OpenAsync(descriptor, CancellationToken.None);
        Log.Began(services.Logger, Id, state.Agent.Id);
        services.Metrics.SessionStarted();
        var reason = EndReason.Error;
        try
        {
            await using var writer = services.Logs.TryOpen(descriptor);
            var log = writer is null ? null : SessionLogs.Begin(writer, descriptor, greet, state.Speculation, services.Time);
            if (state.Opening is { } opening)
            {
                // To a replay it is the first thing the client said.
                log?.Client(Encoding.UTF8.GetBytes($$"""{"type":"session.update","session":{{opening}}}"""));
            }

            reason = await ConverseAsync(journal, connection, log);
        }
        finally
        {
            services.Metrics.SessionEnded();
            Log.Ended(services.Logger, Id, reason.Name());
            // The caller is gone or going; the record is not.
            await journal.EndAsync(reason.Name(), CancellationToken.None);
        }
    }

    private async Task<EndReason> ConverseAsync(SessionJournal journal, RealtimeConnection connection, SessionLog? log)
    {
        var providers = services.ProvidersOf(state.Agent);
        await using var conversation = new Conversation(
            AgentProfiles.From(state.Agent), state.ToSettings(), log?.Listen(providers) ?? providers, services.Time, new SessionIds(Id).Next);
        using var output = new SessionOutput(connection, state.Resume is null ? null : new ReplayWindow(services.Time));
        var recorder = new SessionRecorder(journal);
        var sender = new RealtimeSender(output, conversation.Events, recorder, state, services);
        var input = new SessionInput(conversation, recorder, sender, output, state, log, services);
        await using var live = await InterventionFeed.StartAsync(services, conversation, sender, state, log, OnLiveChannelMissing);
        // Last, so that whoever has seen session.created is listened to in every way.
        await sender.GreetAsync();
        conversation.Start(greet);
        _conversation = conversation;
        // The server may have been told to stop while this session was beginning.
        TellDraining();

        using var timers = new CancellationTokenSource();
        var sending = sender.RunAsync();
        var expiring = Task.Delay(state.ExpiresAt - services.Time.GetUtcNow(), services.Time, timers.Token);
        var over = Task.WhenAny(sending, expiring, _stopped.Task);
        var attendance = _attendance = new Attendance(conversation, input, output, _arrivals.Reader, log, services);
        var reason = await attendance.RunAsync(connection, Id, state.Resume is not null, over) ?? Reason(await over, expiring);
        if (reason == EndReason.Expired)
        {
            conversation.Tell(new ConversationEvent.Error("invalid_request_error", "session_expired", $"The session reached its limit of {services.Options.SessionLimit.TotalMinutes:0} minutes.", null, null));
        }
        else if (reason == EndReason.ServerShutdown)
        {
            conversation.Tell(new ConversationEvent.Error("server_error", "server_shutdown", "The server is going away; connect again.", null, null));
        }

        log?.End();
        // Completes the events, so that the sender ends once it has told and recorded what is left.
        await conversation.DisposeAsync();
        await timers.CancelAsync();
        await EndAsync(attendance, sending, reason);
        return reason;
    }

    /// <summary>Ended by the sender: the client stopped reading.</summary>
    private EndReason Reason(Task over, Task expiring) =>
        over == expiring ? EndReason.Expired : over == _stopped.Task ? EndReason.ServerShutdown : EndReason.ConnectionLost;

    /// <summary>Lets the client read what is left and say goodbye, for as long as that takes a client that is there.</summary>
    private async Task EndAsync(Attendance attendance, Task sending, EndReason reason)
    {
        attendance.Current?.AbortAfter(services.Options.CloseTimeout);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (status, text) = reason switch
        {
            EndReason.Expired => (WebSocketCloseStatus.PolicyViolation, "session_expired"),
            EndReason.ServerShutdown => (WebSocketCloseStatus.EndpointUnavailable, "server_shutdown"),
            EndReason.Error => (WebSocketCloseStatus.MessageTooBig, "message_too_large"),
            _ => (WebSocketCloseStatus.NormalClosure, "OK"),
        };
        // Before the record is completed: the client need not wait for that.
        await attendance.EndAsync(status, text);
    }

    private void TellDraining()
    {
        // Full fences: either the one who drains sees the conversation, or the one who begins it sees this. Once, whoever it is.
        Interlocked.MemoryBarrier();
        if (_conversation is { } conversation && Interlocked.Exchange(ref _draining, null) is { } draining)
        {
            conversation.Tell(new ConversationEvent.Notice(draining));
        }
    }

    private void OnLiveChannelMissing(string sessionId, Exception exception) => Log.NoLiveChannel(services.Logger, sessionId, exception);
}
