using Voice.Core.Modes;
using Voice.Core.Providers;
using Voice.Core.Text;
using Voice.Core.Transcription;
using Voice.Core.Turns;

namespace Voice.Core.Conversations;

/// <summary>
/// From sound to a turn with words: hears speech begin and end, waits for the transcript, and says what is to be done about it. See
/// the state table in docs/specs/conversation.md. Under the conversation's gate, except what the transcription link calls, which takes it.
/// </summary>
internal sealed class TurnTracker : IInputAudioHandler, ITranscriptionSink, IAsyncDisposable
{
    /// <summary>Speech this long without a pause is cut: it is a radio, or nobody can answer it anyway.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(60);

    /// <summary>On top of the pause: a client that stopped sending in the middle of speech has stopped speaking.</summary>
    private static readonly TimeSpan StalledGrace = TimeSpan.FromMilliseconds(300);

    private readonly ConversationContext _context;
    private readonly ResponseRunner _responses;
    private readonly ReplyInterruption _interruption;
    private readonly BargeIn _bargeIn;
    private readonly PendingTurns _pending;
    private readonly TurnQueue _queue;
    private readonly TranscriptionLink _link;
    private readonly InputAudio _input;
    private readonly Endpointing _endpointing = new();
    private readonly ITimer _stalled;
    private Utterance? _utterance;
    private long _lastAppend;

    public TurnTracker(
        ConversationContext context, ResponseRunner responses, ReplyInterruption interruption, TurnRecorder recorder, Func<ITranscriptionSink, TranscriptionLink> link)
    {
        _context = context;
        _responses = responses;
        _interruption = interruption;
        _bargeIn = new BargeIn(context, interruption);
        _pending = new PendingTurns(context, OnTranscriptLate);
        _queue = new TurnQueue(context, responses, interruption, recorder);
        _link = link(this);
        responses.Idle = AnswerWaiting;
        _input = new InputAudio(this);
        _stalled = context.Time.CreateTimer(static state => ((TurnTracker)state!).OnStalled(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Position => _input.Position;

    private string Partial => _utterance?.Partial ?? string.Empty;

    private TimeSpan StalledLimit =>
        (_context.Settings.TurnDetection is { } detection ? _endpointing.Wait(Partial, _context.Agent.Language, detection) : TimeSpan.Zero) + StalledGrace;

    public void Start() => _link.Start();

    /// <summary>What the transcriber is to expect from now on.</summary>
    public void Listen(TranscriptionOptions options) => _link.Reconfigure(options);

    public void Append(ReadOnlySpan<byte> pcm)
    {
        _lastAppend = _context.Time.GetTimestamp();
        _input.Append(pcm, _context.Settings.InputSampleRate, _context.Settings.TurnDetection);
    }

    /// <summary>The settings were changed.</summary>
    public void Changed(TurnDetection? before, TurnDetection? now)
    {
        if (now is not { InterruptResponse: true } && _utterance is { Undecided: true } utterance)
        {
            // Nobody decides any more whether it interrupts: it does not.
            Follow(BargeInDecision.Speech, utterance);
            _interruption.Release();
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
            _stalled.Change(StalledLimit, Timeout.InfiniteTimeSpan);
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
        Forget();
        _interruption.Release();
        _interruption.Forget();
        _context.Events.Write(new ConversationEvent.InputCleared());
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
        _utterance = new Utterance(_context.NewId("item"), at, _input.Position - _input.SpeechStart) { Undecided = true };
        Follow(_bargeIn.Begin(_utterance), _utterance);
        _stalled.Change(StalledLimit, Timeout.InfiniteTimeSpan);
    }

    public void OnSpeechContinues()
    {
        var detection = _context.Settings.TurnDetection!;
        if (_utterance is { Undecided: true } utterance)
        {
            utterance.Voice += _input.Silence == TimeSpan.Zero ? VoiceActivityDetector.FrameDuration : TimeSpan.Zero;
            Follow(_bargeIn.Weigh(utterance), utterance);
        }

        if (_endpointing.IsOver(_input.Silence, Partial, _context.Agent.Language, detection) || _input.Buffered >= LongestTurn)
        {
            EndTurn(byClient: false);
        }
    }

    public void OnUtteranceAudio(ReadOnlySpan<byte> pcm) => _link.Append(pcm);

    public void OnPartial(string text)
    {
        lock (_context.Gate)
        {
            if (_utterance is not { } utterance || _context.Ended)
            {
                return;
            }

            utterance.Partial = text;
            if (utterance.Undecided)
            {
                Follow(_bargeIn.Weigh(utterance), utterance);
            }

            if (utterance.Announced)
            {
                _context.Events.Write(new ConversationEvent.TranscriptPartial(utterance.ItemId, text));
            }
        }
    }

    public void OnFinal(string utteranceId, string text, double? confidence)
    {
        lock (_context.Gate)
        {
            if (_pending.Take(utteranceId) is not { } turn)
            {
                return;
            }

            turn.Transcript = text.Trim();
            turn.Confidence = confidence;
            if (turn.Overheard && Ignore(turn))
            {
                return;
            }

            if (_context.History.Find(turn.ItemId) is ConversationItem.Message item)
            {
                _context.History.Replace(item.WithText(turn.Transcript) with { Aside = IsNothing(turn) });
            }

            _context.Events.Write(new ConversationEvent.TranscriptCompleted(turn.ItemId, turn.Transcript, confidence, turn.SpeechDuration ?? TimeSpan.Zero));
            Decide(turn);
        }
    }

    public void OnFailed(string utteranceId, string reason)
    {
        lock (_context.Gate)
        {
            if (_pending.Take(utteranceId) is not { } turn)
            {
                return;
            }

            turn.EndActivity("transcription_failed");
            LetGo();
            if (turn.Overheard)
            {
                AnswerWaiting();
                return;
            }

            _context.Events.Write(new ConversationEvent.TranscriptFailed(turn.ItemId, "transcription_failed", reason));
            _interruption.Forget();
            if (turn.Requested is not null || (_context.Settings is { Audio: true, TurnDetection.CreateResponse: true } && !_input.Speaking))
            {
                _responses.Say(Phrases.NotUnderstood(_context.Agent.Language));
            }
        }
    }

    public void OnBroken(Exception exception)
    {
        lock (_context.Gate)
        {
            _context.Events.Write(new ConversationEvent.Trouble("transcription", exception));
        }
    }

    /// <summary>What was understood and never answered still is part of the record.</summary>
    public void Close()
    {
        _stalled.Dispose();
        _bargeIn.Dispose();
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
        Interrupt();
    }

    private void Interrupt()
    {
        if (_context.Settings.TurnDetection is { InterruptResponse: true } detection)
        {
            _queue.Owe(_interruption.Interrupt(detection.WhileSpeaking.Resume));
        }
    }

    private void EndTurn(bool byClient)
    {
        var turn = _utterance is { } utterance ? NewTurn(utterance, byClient) : NewTurn(new Utterance(_context.NewId("item"), Position - _input.Buffered, default) { Announced = true }, byClient);
        turn.StartActivity(_context.Agent.Mode);
        if (!turn.Overheard)
        {
            // Whoever was told of a beginning is told of the end, whatever the settings have become meanwhile.
            Commit(turn, stopped: _utterance is not null);
        }

        if (turn.Undecided)
        {
            _bargeIn.AwaitTranscript();
        }

        _pending.Add(turn);
        _link.Commit(turn.ItemId, turn.Activity);
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
            Overheard = !utterance.Announced,
            Undecided = utterance.Undecided,
        };
    }

    /// <summary>The client and the conversation get the user's message, without words as yet.</summary>
    private void Commit(Turn turn, bool stopped)
    {
        if (stopped)
        {
            _context.Events.Write(new ConversationEvent.SpeechStopped(turn.ItemId, turn.SpeechStoppedAt));
        }

        var item = new ConversationItem.Message(turn.ItemId, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputAudio, null)]);
        var previous = _context.History.Insert(item);
        _context.Events.Write(new ConversationEvent.InputCommitted(turn.ItemId, previous));
        _context.Events.Write(new ConversationEvent.ItemAdded(item, previous));
        _context.Events.Write(new ConversationEvent.ItemDone(item, previous));
    }

    private void Forget()
    {
        _input.Take();
        _endpointing.TurnEnded();
        _utterance = null;
        _stalled.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Of an utterance that the client was not told of: was it nothing?</summary>
    private bool Ignore(Turn turn)
    {
        if (!Backchannel.HasWords(turn.Transcript) || (_interruption.State != ReplyState.None && _bargeIn.WasNothing(turn.Transcript)))
        {
            if (turn.Transcript.Length > 0)
            {
                _context.Events.Write(new ConversationEvent.Backchannel(turn.Transcript, turn.SpeechStart, turn.SpeechEnd));
            }

            turn.EndActivity("backchannel");
            LetGo();
            AnswerWaiting();
            return true;
        }

        turn.Overheard = false;
        // Too late to tell of its beginning where the client hears of the next one already.
        var tell = _utterance is not { Announced: true };
        if (tell)
        {
            _context.Events.Write(new ConversationEvent.SpeechStarted(turn.ItemId, turn.SpeechStart));
        }

        Commit(turn, stopped: tell);
        return false;
    }

    /// <summary>It did not interrupt the reply, or should not have.</summary>
    private bool IsNothing(Turn turn) =>
        turn.Requested is null && (turn.Undecided || _interruption.Suspended) && _bargeIn.WasNothing(turn.Transcript);

    private void Decide(Turn turn)
    {
        if (turn.Transcript.Length == 0 || IsNothing(turn))
        {
            DecideNothing(turn);
            return;
        }

        if (turn.Undecided)
        {
            Interrupt();
        }

        _interruption.Forget();
        if (turn.Requested is { } request)
        {
            _queue.Answer(turn, request);
        }
        else if (_context.Settings.TurnDetection is { CreateResponse: true } && !_input.Speaking && _responses.Current is null)
        {
            _queue.Answer(turn, new ResponseRequest());
        }
        else
        {
            _queue.Wait(turn);
            if (_context.Agent.Mode == SilentMode.Name)
            {
                // No answer will come: the record need not wait for one.
                _queue.RecordWaiting();
            }
        }
    }

    /// <summary>A cough, a door, a backchannel. Somebody may still wait for an answer to what was said before it.</summary>
    private void DecideNothing(Turn turn)
    {
        turn.EndActivity("no_words");
        LetGo();
        if (turn.Requested is not null)
        {
            _responses.Say(Phrases.NotUnderstood(_context.Agent.Language));
        }
        else if (_input.Speaking || !_interruption.Resume())
        {
            AnswerWaiting();
        }
    }

    /// <summary>The held reply goes on, unless the user speaks again.</summary>
    private void LetGo()
    {
        if (_utterance is not { Undecided: true })
        {
            _interruption.Release();
        }
    }

    private void AnswerWaiting()
    {
        if (!_context.Ended && !_input.Speaking && _responses.Current is null && _pending.Count == 0
            && _context.Settings.TurnDetection is { CreateResponse: true })
        {
            _queue.AnswerWaiting();
        }
    }

    private void OnTranscriptLate(string itemId)
    {
        _link.Forget(itemId);
        OnFailed(itemId, "The transcriber did not answer in time.");
    }

    private void OnStalled()
    {
        lock (_context.Gate)
        {
            if (!_input.Speaking || _context.Ended || _context.Settings.TurnDetection is null)
            {
                return;
            }

            var quiet = _context.Time.GetElapsedTime(_lastAppend);
            if (quiet >= StalledLimit)
            {
                EndTurn(byClient: false);
            }
            else
            {
                _stalled.Change(StalledLimit - quiet, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
