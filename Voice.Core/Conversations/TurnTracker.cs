using Voice.Core.Providers;
using Voice.Core.Text;
using Voice.Core.Transcription;
using Voice.Core.Turns;

namespace Voice.Core.Conversations;

/// <summary>
/// From sound to a turn with words: hears speech begin and end, waits for the transcript, and says what is to be done about it. See
/// the state table in docs/specs/conversation.md. Under the conversation's gate.
/// </summary>
internal sealed class TurnTracker : IInputAudioHandler, IAsyncDisposable
{
    /// <summary>Speech this long without a pause is cut: it is a radio, or nobody can answer it anyway.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(60);

    /// <summary>On top of the pause: a client that stopped sending in a pause of its user has nothing more to send.</summary>
    private static readonly TimeSpan StalledInPause = TimeSpan.FromMilliseconds(300);

    /// <summary>The same in the middle of a voice: networks and busy devices hold audio back for a second, and then send it.</summary>
    private static readonly TimeSpan StalledInVoice = TimeSpan.FromSeconds(1.5);

    /// <summary>A pause and no consonant.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly ConversationContext _context;
    private readonly ReplyInterruption _interruption;
    private readonly BargeIn _bargeIn;
    private readonly PendingTurns _pending;
    private readonly TurnQueue _queue;
    private readonly TurnDecision _decision;
    private readonly Speculation _speculation;
    private readonly IdleTimer _idle;
    private readonly TranscriptInbox _inbox;
    private readonly TranscriptionLink _link;
    private readonly InputAudio _input;
    private readonly Endpointing _endpointing = new();
    private readonly CutOffs _cutOffs;
    private readonly ITimer _stalled;
    private Utterance? _utterance;
    private long _lastAppend;

    public TurnTracker(
        ConversationContext context, ResponseRunner responses, ReplyInterruption interruption, TurnRecorder recorder, Func<ITranscriptionSink, TranscriptionLink> link)
    {
        _context = context;
        _interruption = interruption;
        _bargeIn = new BargeIn(context, interruption);
        _pending = new PendingTurns(context, OnTranscriptLate);
        _speculation = new Speculation(context, responses);
        _queue = new TurnQueue(context, responses, interruption, recorder, _speculation);
        _decision = new TurnDecision(context, responses, interruption, _bargeIn, _pending, _queue, () => _utterance);
        _inbox = new TranscriptInbox(context, _pending, _decision, _endpointing, OnPartial);
        _link = link(_inbox);
        _idle = new IdleTimer(context, responses, () => _utterance is null && _pending.Count == 0);
        _decision.Nothing = _idle.Restart;
        responses.Idle = () =>
        {
            _decision.AnswerWaiting();
            _idle.Restart();
        };
        _cutOffs = new CutOffs(_endpointing);
        _input = new InputAudio(this);
        _stalled = context.Time.CreateTimer(static state => ((TurnTracker)state!).OnStalled(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Position => _input.Position;

    private Heard Heard => _utterance is { } utterance
        ? new(utterance.Partial, _context.Agent.Language, _context.Time.GetElapsedTime(utterance.PartialAt), utterance.Asked)
        : new(string.Empty, _context.Agent.Language, TimeSpan.Zero);

    private TimeSpan StalledLimit =>
        (_context.Settings.TurnDetection is { } detection ? _endpointing.Wait(_input.Silence, Heard, detection, _input.Ending) : TimeSpan.Zero) + (_input.Silence >= ShortestPause ? StalledInPause : StalledInVoice);

    public void Start() => _link.Start();

    /// <summary>What the transcriber is to expect from now on.</summary>
    public void Listen(TranscriptionOptions options) => _link.Reconfigure(options);

    public void Append(ReadOnlySpan<byte> pcm)
    {
        _lastAppend = _context.Time.GetTimestamp();
        _input.Append(pcm, _context.Settings.InputSampleRate, _context.Settings.TurnDetection);
    }

    /// <summary>After <see cref="Append"/>, outside the gate.</summary>
    public void SendOn() => _link.SendOn();

    /// <summary>The settings were changed.</summary>
    public void Changed(TurnDetection? before, TurnDetection? now)
    {
        if (now is not { InterruptResponse: true } && _utterance is { Undecided: true } utterance)
        {
            // Nobody decides any more whether it interrupts: it does not.
            Follow(BargeInDecision.Speech, utterance);
            _interruption.Release();
        }

        if (now?.IdleTimeout != before?.IdleTimeout)
        {
            _idle.Restart();
        }

        if (now is null || before is not null)
        {
            return;
        }

        if (_utterance is null)
        {
            // Voice that began while nobody listened for it begins now, so that the client is told.
            _input.ListenAnew();
        }
        else
        {
            _stalled.Change(StalledInPause, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The client ends the turn.</summary>
    /// <returns>False where there is nothing to commit.</returns>
    public bool Commit()
    {
        if (_input.Buffered < TimeSpan.FromMilliseconds(100))
        {
            return false;
        }

        if (_utterance is { Undecided: true } utterance)
        {
            Follow(BargeInDecision.Interrupt, utterance);
        }

        EndTurn(byClient: true);
        return true;
    }

    public void Clear()
    {
        _link.Clear();
        _speculation.Drop();
        Forget();
        _interruption.Release();
        _interruption.Forget();
        _context.Events.Write(new ConversationEvent.InputCleared());
        _idle.Restart();
    }

    /// <summary>Answers the newest user message: now, or when its transcript is there.</summary>
    public void Respond(ResponseRequest request)
    {
        if (_pending.Newest is { } pending && pending.ItemId == _context.History.LastId)
        {
            pending.Requested = request;
            return;
        }

        _queue.Respond(request, Position);
    }

    public void OnSpeechStarted(TimeSpan at)
    {
        var asked = _context.History.LastReply is { } reply && OpenQuestion.Asks(reply, _context.Agent.Language);
        _utterance = new Utterance(_context.NewId("item"), at, _input.Position - _input.SpeechStart) { Undecided = true, Asked = asked };
        Follow(_bargeIn.Begin(_utterance), _utterance);
        _stalled.Change(StalledInPause, Timeout.InfiniteTimeSpan);
    }

    public void OnSpeechContinues()
    {
        var detection = _context.Settings.TurnDetection!;
        if (_utterance is { Undecided: true } utterance)
        {
            utterance.Voice += _input.Silence == TimeSpan.Zero ? VoiceActivityDetector.FrameDuration : TimeSpan.Zero;
            Follow(_bargeIn.Weigh(utterance), utterance);
        }

        // What was understood and how the voice ended is asked only once it has: at every frame it would cost more than it tells.
        var silence = _input.Silence;
        var (heard, ending) = silence > TimeSpan.Zero ? (Heard, _input.Ending) : default;
        if (_endpointing.IsOver(silence, heard, detection, ending) || _input.Buffered >= LongestTurn)
        {
            EndTurn(byClient: false);
        }
        else if (silence > TimeSpan.Zero && _utterance is { Undecided: false } speaking)
        {
            _speculation.Consider(speaking, silence, _endpointing.Completeness, heard.Since <= silence);
        }
    }

    public void OnUtteranceAudio(ReadOnlySpan<byte> pcm) => _link.Append(pcm);

    /// <summary>What was understood and never answered still is part of the record.</summary>
    public void Close()
    {
        _stalled.Dispose();
        _bargeIn.Dispose();
        _idle.Dispose();
        _speculation.Drop();
        _pending.Close();
        _interruption.Forget();
        _queue.RecordWaiting();
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    /// <summary>Does to the reply, and tells the client, what was decided about the voice.</summary>
    private void Follow(BargeInDecision decision, Utterance utterance)
    {
        if (decision == BargeInDecision.Wait)
        {
            return;
        }

        if (!utterance.Announced)
        {
            utterance.Announced = true;
            _context.Events.Write(new ConversationEvent.SpeechStarted(utterance.ItemId, utterance.StartedAt));
        }

        if (decision == BargeInDecision.Announce)
        {
            return;
        }

        utterance.Undecided = false;
        _cutOffs.Spoke(_input.SpeechStart);
        _decision.Interrupt();
    }

    private void EndTurn(bool byClient)
    {
        var turn = _utterance is { } utterance ? NewTurn(utterance, byClient) : NewTurn(new Utterance(_context.NewId("item"), Position - _input.Buffered, default) { Announced = true }, byClient);
        turn.StartActivity(_context.Agent.Mode);
        if (!turn.Overheard)
        {
            if (_utterance is not null)
            {
                // Whoever was told of a beginning is told of the end, whatever the settings have become meanwhile.
                _context.Events.Write(new ConversationEvent.SpeechStopped(turn.ItemId, turn.SpeechStoppedAt));
            }

            UserMessage.Commit(_context, turn.ItemId);
        }

        if (turn.Undecided)
        {
            _bargeIn.AwaitTranscript();
        }

        if (!turn.Overheard && _utterance is { Undecided: false } over)
        {
            _speculation.TurnIsOver(over, _endpointing.Completeness);
        }

        _pending.Add(turn);
        _link.Commit(turn.ItemId, turn.Activity);
        if (byClient || turn.Overheard)
        {
            _cutOffs.Forget();
        }
        else
        {
            _cutOffs.TurnEnded(turn.SpeechEnd, turn.SpeechStoppedAt);
        }

        Forget();
    }

    private Turn NewTurn(Utterance utterance, bool byClient)
    {
        var now = _context.Time.GetTimestamp();
        var spoken = _input.Speaking;
        // The newest sample arrived just now; the voice ended that much earlier.
        var end = spoken ? _input.SpeechEnd : _input.Position;
        var behind = byClient && !spoken ? TimeSpan.Zero : _input.Position - end;
        return new Turn(_context.NewId("turn"), utterance.ItemId, _context.Time)
        {
            SpeechStart = utterance.StartedAt,
            SpeechEnd = end,
            SpeechStoppedAt = _input.Position,
            SpeechDuration = _input.Buffered,
            SpeechEndedAt = now - (long)(behind.TotalSeconds * _context.Time.TimestampFrequency),
            DecidedAt = now,
            StartedAt = _context.Time.GetUtcNow() - _input.Buffered,
            Heard = utterance.Partial,
            Overheard = !utterance.Announced,
            Undecided = utterance.Undecided,
        };
    }

    private void Forget()
    {
        _input.Take();
        _endpointing.TurnEnded();
        _utterance = null;
        _stalled.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>More of what is being said.</summary>
    private void OnPartial(string text, int utteranceNumber)
    {
        // A late word about the utterance before would interrupt for the next, or begin a reply to it.
        if (_utterance is not { } utterance || utteranceNumber != _link.Utterance || _context.Ended)
        {
            return;
        }

        if (utterance.Understand(text, _context.Time.GetTimestamp()))
        {
            _endpointing.WordsArrived(_input.Silence);
        }

        _speculation.Heard(text);
        if (utterance.Undecided)
        {
            Follow(_bargeIn.Weigh(utterance), utterance);
        }

        if (utterance.Announced)
        {
            _context.Events.Write(new ConversationEvent.TranscriptPartial(utterance.ItemId, text));
        }
    }

    private void OnTranscriptLate(string itemId)
    {
        _link.Forget(itemId);
        _inbox.OnFailed(itemId, "The transcriber did not answer in time.");
    }

    private void OnStalled()
    {
        lock (_context.Gate)
        {
            EndStalled();
        }

        SendOn();
    }

    private void EndStalled()
    {
        if (!_input.Speaking || _context.Ended || _context.Settings.TurnDetection is null)
        {
            return;
        }

        var left = StalledLimit - _context.Time.GetElapsedTime(_lastAppend);
        if (left <= TimeSpan.Zero)
        {
            EndTurn(byClient: false);
        }
        else
        {
            // The limit is another as soon as the user pauses.
            _stalled.Change(left < StalledInPause ? left : StalledInPause, Timeout.InfiniteTimeSpan);
        }
    }
}
