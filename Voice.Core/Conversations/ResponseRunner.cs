using Voice.Core.Modes;
using Voice.Core.Replies;

namespace Voice.Core.Conversations;

/// <summary>Runs one response at a time and decides how each ends. Public members under the conversation's gate.</summary>
internal sealed class ResponseRunner : IAsyncDisposable
{
    /// <summary>What the platform has to say waits for the reply; of more than this the oldest is dropped (it is on the screen).</summary>
    private const int MaxWaiting = 4;

    /// <summary>The outcome of a turn that another came after before it was answered.</summary>
    public const string NotAnswered = "not_answered";

    /// <summary>The outcome of a turn whose transcription failed.</summary>
    public const string NotUnderstood = "transcription_failed";

    private readonly ConversationContext _context;
    private readonly IConversationMode _mode;
    private readonly TurnRecorder _recorder;
    private readonly ResponseWriter _writer;
    private readonly ReplyRuns _runs;
    private readonly Queue<string> _waiting = new();
    private readonly SpokenReplies _past;
    private ActiveResponse? _current;
    private ActiveResponse? _last;

    /// <summary>Its tools are the client's to run; the response that follows them goes on with it.</summary>
    private Turn? _open;

    public ResponseRunner(ConversationContext context, IConversationMode mode, TurnRecorder recorder)
    {
        _context = context;
        _mode = mode;
        _recorder = recorder;
        _past = new SpokenReplies(context);
        _writer = new ResponseWriter(context);
        _runs = new ReplyRuns(context, _writer, OnFull, Conclude);
    }

    public ActiveResponse? Current => _current;

    /// <summary>The one before, which may still be playing.</summary>
    public ActiveResponse? Last => _last;

    public SpokenReplies Past => _past;

    /// <summary>A response ended and none follows it. Called under the gate.</summary>
    public Action? Idle { get; set; }

    /// <summary>How long audio that was sent still plays.</summary>
    public TimeSpan Remaining => (_current ?? _last) is { } newest ? (newest.Ledger.Started ? newest.Ledger.Remaining : newest.PlaysAfter) : TimeSpan.Zero;

    public ModelCalls Calls { get; } = new();

    /// <param name="staged">A reply to the same, begun before; null where there is none.</param>
    public void Start(Turn? turn, ResponseRequest request, string userText, ActiveResponse? staged = null)
    {
        if (_current is not null)
        {
            // What the platform was saying gives way to the answer; what it has yet to say comes after.
            var waiting = TakeWaiting();
            Cancel("turn_detected");
            Array.ForEach(waiting, _waiting.Enqueue);
        }

        if (_open is not null && turn is null && request.Input is null)
        {
            // What the client's tools found is the rest of the answer.
            turn = _open;
            _open = null;
        }
        else
        {
            Settle();
            _recorder.Release();
        }

        if (staged is null)
        {
            Calls.Made++;
            Begin(turn, request, _mode, _context.Agent.Mode, userText);
            return;
        }

        staged.Turn = turn;
        _current = staged;
        _writer.Created(staged);
        staged.Run.Sink.Bind(staged, []);
        staged.Run.Sink.Outlet.Open();
    }

    /// <summary>Begins a reply of which nothing is told and nothing leaves, until it is started or given up.</summary>
    public ActiveResponse Stage(IReadOnlyList<ConversationItem> history, string userText)
    {
        Calls.Made++;
        var run = _runs.New(_mode, _context.Agent.Mode);
        run.Sink.Outlet.Close();
        var response = Prepare(run, null, new ResponseRequest());
        var (reply, voice) = ResponseSetup.Reply(_context, response, history, userText);
        _runs.Start(run, reply, voice);
        return response;
    }

    /// <summary>A turn whose tools the client never ran, or whose results it never asked about, is over with what was said.</summary>
    public void Settle()
    {
        if (_open is { } turn)
        {
            _open = null;
            Answered(turn, TimeSpan.Zero, ResponseStatus.Completed.ToString());
        }
    }

    /// <summary>Says a fixed text now, or after the reply that is running.</summary>
    public void Say(string text)
    {
        if (_current is not null)
        {
            _waiting.Enqueue(text);
            if (_waiting.Count > MaxWaiting)
            {
                _waiting.Dequeue();
            }

            return;
        }

        Begin(null, new ResponseRequest { MaxOutputTokens = ResponseRequest.Unlimited }, new ScriptedMode(text), "scripted", string.Empty);
    }

    /// <summary>Ends the running response; what was sent of it may still play.</summary>
    /// <param name="followed">The caller knows what comes next.</param>
    public bool Cancel(string reason, bool followed = false)
    {
        if (_current is not { } response)
        {
            return false;
        }

        Finish(response, ResponseStatus.Cancelled, new ResponseEnd(reason), stop: true, followed);
        return true;
    }

    /// <summary>Ends the running response and keeps what makes it, in case it goes on.</summary>
    /// <param name="mayGoOn">Otherwise it is given up next.</param>
    public void Suspend(ActiveResponse response, bool mayGoOn) => End(response, ResponseStatus.Cancelled, new ResponseEnd("turn_detected"), mayGoOn);

    /// <summary>A new response goes on where <paramref name="interrupted"/> was stopped.</summary>
    /// <returns>False where all of it was heard.</returns>
    public bool Continue(ActiveResponse interrupted)
    {
        var heard = interrupted.Heard ?? interrupted.Ledger.Played;
        var voice = new ReplyVoice(true, interrupted.Voice, _context.Agent.SpeechModel, _context.Settings.Speed);
        if (_runs.Continue(interrupted, heard, voice) is not var (run, again))
        {
            return false;
        }

        var response = new ActiveResponse(_context.NewId("resp"), interrupted.Turn, audio: true, interrupted.Request, _context.Playback)
        {
            Run = run,
            Continues = interrupted.Output.LastOrDefault(output => output.Message is { Filler: false } && output.StartsAt <= heard)?.Item.Id,
            MaxOutputTokens = interrupted.MaxOutputTokens,
            SpentTokens = interrupted.SpentTokens + interrupted.TokensUntil(heard),
            Voice = interrupted.Voice,
        };
        interrupted.Ledger.ForgetAudio();
        run.Sink.Bind(response, again);
        _current = response;
        _writer.Created(response);
        run.Sink.Outlet.Open();
        return true;
    }

    /// <summary>It will not go on.</summary>
    public void GiveUp(ActiveResponse response)
    {
        _writer.Abandon(response.Run);
        _runs.GiveUp(response.Run);
    }

    /// <summary>Whether the rest of its answer is yet to be asked for, with what the client's tools found.</summary>
    public bool IsOpen(Turn turn) => turn == _open;

    /// <summary>What the platform had yet to say.</summary>
    public string[] TakeWaiting()
    {
        string[] waiting = [.. _waiting];
        _waiting.Clear();
        return waiting;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_context.Gate)
        {
            _waiting.Clear();
            Cancel("client_cancelled");
            Settle();
        }

        await _runs.WhenAllAsync();
    }

    /// <summary>The client is told of the turn, once.</summary>
    public void Tell(Turn turn, string outcome)
    {
        if (!turn.Answered)
        {
            turn.Answered = true;
            Calls.Answered += outcome is NotAnswered or NotUnderstood ? 0 : 1;
            turn.CompletedAt = _context.Time.GetUtcNow();
            turn.EndActivity(outcome);
            _context.Events.Write(new ConversationEvent.TurnAnswered(turn.Summary(_context.Agent.Language)));
        }
    }

    private void Begin(Turn? turn, ResponseRequest request, IConversationMode with, string modeName, string userText)
    {
        var run = _runs.New(with, modeName);
        var response = Prepare(run, turn, request);
        var (reply, voice) = ResponseSetup.Reply(_context, response, ResponseSetup.History(_context, request), userText);
        run.Sink.Bind(response, []);
        _current = response;
        _writer.Created(response);
        _runs.Start(run, reply, voice);
    }

    private ActiveResponse Prepare(ReplyRun run, Turn? turn, ResponseRequest request) =>
        ResponseSetup.Response(_context, run, turn, request, _last is { Ledger.Started: false } silent ? silent.After : _last?.Ledger);

    private void OnFull(ActiveResponse response) => Finish(response, ResponseStatus.Incomplete, new ResponseEnd("max_output_tokens"), stop: true);

    private void Conclude(ActiveResponse response, ReplyOutcome outcome, Exception? exception)
    {
        var (status, end) = ResponseOutcome.Tell(_context, response, outcome, exception);
        Finish(response, status, end, stop: false);
    }

    /// <param name="stop">Its reply is still being made.</param>
    /// <param name="followed">The caller knows what comes next.</param>
    private void Finish(ActiveResponse response, ResponseStatus status, ResponseEnd? end, bool stop, bool followed = false)
    {
        response.Ledger.Complete();
        End(response, status, end);
        if (response is { SetAside: false, Turn: { } turn })
        {
            if (status == ResponseStatus.Completed && response.AwaitsClient)
            {
                _open = turn;
            }
            else
            {
                Answered(turn, response.Ledger.Remaining, status.ToString());
            }
        }

        if (stop)
        {
            GiveUp(response);
        }

        if (_waiting.TryDequeue(out var text))
        {
            Say(text);
        }
        else if (!followed)
        {
            Idle?.Invoke();
        }
    }

    private void End(ActiveResponse response, ResponseStatus status, ResponseEnd? end, bool mayGoOn = false)
    {
        response.End();
        if (status == ResponseStatus.Cancelled)
        {
            response.Mute();
        }

        _current = null;
        _last = response;
        _past.Add(response);
        _writer.Done(response, status, end, mayGoOn);
        if (response is { SetAside: false, Turn: { Recorded: false } turn })
        {
            turn.SayFrom(response.Id, response.Reply);
        }
    }

    private void Answered(Turn turn, TimeSpan remaining, string outcome)
    {
        Tell(turn, outcome);
        _recorder.Hold(turn, remaining);
    }
}
