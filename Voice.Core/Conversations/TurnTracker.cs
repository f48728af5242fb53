using Voice.Core.Text;
using Voice.Core.Transcription;
using Voice.Core.Turns;

namespace Voice.Core.Conversations;

/// <summary>
/// From sound to a turn with words: hears speech begin and end, waits for the transcript, and asks for a reply. See the state
/// table in docs/specs/conversation.md. Under the conversation's gate, except what the transcription link calls, which takes it.
/// </summary>
internal sealed class TurnTracker : IInputAudioHandler, ITranscriptionSink, IAsyncDisposable
{
    /// <summary>A transcript that takes longer than this is taken for failed.</summary>
    private static readonly TimeSpan TranscriptLimit = TimeSpan.FromSeconds(15);

    /// <summary>Speech this long without a pause is cut: it is a radio, or nobody can answer it anyway.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(60);

    /// <summary>On top of the pause: a client that stopped sending in the middle of speech has stopped speaking.</summary>
    private static readonly TimeSpan StalledGrace = TimeSpan.FromMilliseconds(300);

    private readonly ConversationContext _context;
    private readonly ResponseRunner _responses;
    private readonly TurnRecorder _recorder;
    private readonly TranscriptionLink _link;
    private readonly InputAudio _input;
    private readonly Endpointing _endpointing = new();
    private readonly ITimer _stalled;
    private readonly Dictionary<string, Turn> _transcribing = [];
    private string _partial = string.Empty;
    private string? _itemId;
    private TimeSpan _startedAt;
    private long _lastAppend;
    private int _sequence;

    /// <summary>Understood but not answered, because the user went on speaking or another reply was running.</summary>
    private Turn? _unanswered;

    public TurnTracker(ConversationContext context, ResponseRunner responses, TurnRecorder recorder, Func<ITranscriptionSink, TranscriptionLink> link)
    {
        _context = context;
        _responses = responses;
        _recorder = recorder;
        _link = link(this);
        responses.Idle = AnswerWaiting;
        _input = new InputAudio(this);
        _stalled = context.Time.CreateTimer(static state => ((TurnTracker)state!).OnStalled(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Position => _input.Position;

    public void Start() => _link.Start();

    public void Append(ReadOnlySpan<byte> pcm)
    {
        _lastAppend = _context.Time.GetTimestamp();
        _input.Append(pcm, _context.Settings.InputSampleRate, _context.Settings.TurnDetection);
    }

    /// <summary>The client ends the turn.</summary>
    /// <returns>False where there is nothing to commit.</returns>
    public bool Commit()
    {
        if (_input.Buffered < TimeSpan.FromMilliseconds(100))
        {
            return false;
        }

        EndTurn(byClient: true);
        return true;
    }

    public void Clear()
    {
        _link.Clear();
        Forget();
        _context.Events.Write(new ConversationEvent.InputCleared());
    }

    /// <summary>Answers the newest user message: now, or when its transcript is there.</summary>
    public void Respond(ResponseRequest request)
    {
        if (_transcribing.Values.MaxBy(turn => turn.DecidedAt) is { } pending && pending.ItemId == _context.History.LastId)
        {
            pending.Requested = request;
            return;
        }

        var last = _context.History.Snapshot().OfType<ConversationItem.Message>().LastOrDefault(item => item.Role == ItemRole.User);
        if (_unanswered is { } understood && understood.ItemId == last?.Id)
        {
            Answer(understood, request);
            return;
        }

        if (last is null || last.Id != _context.History.LastId)
        {
            // Nothing new was said: a reply all the same, but no turn of the user's.
            _responses.Start(null, request, last?.Text ?? string.Empty);
            return;
        }

        var typed = new Turn(_context.NewId("turn"), last.Id, _context.Time)
        {
            Transcript = last.Text, TranscribedAt = _context.Time.GetTimestamp(), SpeechEnd = Position,
        };
        typed.StartActivity(_context.Agent.Mode);
        Answer(typed, request);
    }

    public void OnSpeechStarted(TimeSpan at)
    {
        _itemId = _context.NewId("item");
        _startedAt = at;
        _partial = string.Empty;
        _context.Events.Write(new ConversationEvent.SpeechStarted(_itemId, at));
        if (_context.Settings.TurnDetection is { InterruptResponse: true })
        {
            _unanswered = _responses.Interrupt("turn_detected") ?? _unanswered;
        }

        _stalled.Change(StalledLimit, Timeout.InfiniteTimeSpan);
    }

    public void OnSpeechContinues()
    {
        var detection = _context.Settings.TurnDetection!;
        if (_endpointing.IsOver(_input.Silence, _partial, _context.Agent.Language, detection) || _input.Buffered >= LongestTurn)
        {
            EndTurn(byClient: false);
        }
    }

    public void OnUtteranceAudio(ReadOnlySpan<byte> pcm) => _link.Append(pcm);

    public void OnPartial(string text)
    {
        lock (_context.Gate)
        {
            _partial = text;
            if (_itemId is { } itemId && !_context.Ended)
            {
                _context.Events.Write(new ConversationEvent.TranscriptPartial(itemId, text));
            }
        }
    }

    public void OnFinal(string utteranceId, string text, double? confidence)
    {
        lock (_context.Gate)
        {
            if (!Transcribed(utteranceId, out var turn))
            {
                return;
            }

            turn.Transcript = text.Trim();
            turn.Confidence = confidence;
            if (_context.History.Find(turn.ItemId) is ConversationItem.Message item)
            {
                _context.History.Replace(item.WithText(turn.Transcript));
            }

            _context.Events.Write(new ConversationEvent.TranscriptCompleted(turn.ItemId, turn.Transcript, confidence, turn.SpeechDuration ?? TimeSpan.Zero));
            Decide(turn);
        }
    }

    public void OnFailed(string utteranceId, string reason)
    {
        lock (_context.Gate)
        {
            if (!Transcribed(utteranceId, out var turn))
            {
                return;
            }

            turn.EndActivity("transcription_failed");
            _context.Events.Write(new ConversationEvent.TranscriptFailed(turn.ItemId, "transcription_failed", reason));
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
        foreach (var turn in _transcribing.Values)
        {
            turn.TranscriptTimeout?.Dispose();
            turn.EndActivity("session_closed");
        }

        _transcribing.Clear();
        RecordUnanswered();
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private TimeSpan StalledLimit =>
        (_context.Settings.TurnDetection is { } detection ? _endpointing.Wait(_partial, _context.Agent.Language, detection) : TimeSpan.Zero) + StalledGrace;

    private void EndTurn(bool byClient)
    {
        var now = _context.Time.GetTimestamp();
        var spoken = _input.Speaking;
        // The newest sample arrived just now; the voice ended that much earlier.
        var end = spoken ? _input.SpeechEnd : _input.Position;
        var behind = byClient && !spoken ? TimeSpan.Zero : _input.Position - end;
        var itemId = _itemId ?? _context.NewId("item");
        if (spoken && _context.Settings.TurnDetection is not null)
        {
            _context.Events.Write(new ConversationEvent.SpeechStopped(itemId, _input.Position));
        }

        var turn = new Turn(_context.NewId("turn"), itemId, _context.Time)
        {
            SpeechEnd = end,
            SpeechDuration = _input.Buffered,
            SpeechEndedAt = now - (long)(behind.TotalSeconds * _context.Time.TimestampFrequency),
            DecidedAt = now,
            StartedAt = _context.Time.GetUtcNow() - _input.Buffered,
        };
        turn.StartActivity(_context.Agent.Mode);
        var item = new ConversationItem.Message(itemId, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputAudio, null)]);
        var previous = _context.History.Insert(item);
        _context.Events.Write(new ConversationEvent.InputCommitted(itemId, previous));
        _context.Events.Write(new ConversationEvent.ItemAdded(item, previous));
        _context.Events.Write(new ConversationEvent.ItemDone(item, previous));
        _transcribing[itemId] = turn;
        turn.TranscriptTimeout = _context.Time.CreateTimer(_ => OnTranscriptLate(itemId), null, TranscriptLimit, Timeout.InfiniteTimeSpan);
        _link.Commit(itemId, turn.Activity);
        Forget();
    }

    private void Forget()
    {
        _input.Take();
        _endpointing.TurnEnded();
        _itemId = null;
        _partial = string.Empty;
        _stalled.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private bool Transcribed(string utteranceId, out Turn turn)
    {
        if (!_transcribing.Remove(utteranceId, out turn!))
        {
            return false;
        }

        turn.TranscriptTimeout?.Dispose();
        turn.TranscribedAt = _context.Time.GetTimestamp();
        return true;
    }

    private void Decide(Turn turn)
    {
        if (turn.Transcript.Length == 0)
        {
            // A cough, a door. Somebody may still wait for an answer to what was said before it.
            turn.EndActivity("no_words");
            if (turn.Requested is not null)
            {
                _responses.Say(Phrases.NotUnderstood(_context.Agent.Language));
            }
            else
            {
                AnswerWaiting();
            }

            return;
        }

        if (turn.Requested is { } request)
        {
            Answer(turn, request);
        }
        else if (_context.Settings.TurnDetection is { CreateResponse: true } && !_input.Speaking && _responses.Current is null)
        {
            Answer(turn, new ResponseRequest());
        }
        else
        {
            RecordUnanswered();
            Number(turn);
            _unanswered = turn;
        }
    }

    private void Answer(Turn turn, ResponseRequest request)
    {
        if (_unanswered != turn)
        {
            RecordUnanswered();
        }

        _unanswered = null;
        Number(turn);
        _responses.Start(turn, request, turn.Transcript);
    }

    /// <summary>The user has stopped, or the reply before has: now what waited is answered.</summary>
    private void AnswerWaiting()
    {
        if (_unanswered is { } waiting && !_context.Ended && !_input.Speaking && _responses.Current is null
            && _transcribing.Count == 0 && _context.Settings.TurnDetection is { CreateResponse: true })
        {
            Answer(waiting, new ResponseRequest());
        }
    }

    private void Number(Turn turn)
    {
        if (turn.Sequence == 0)
        {
            turn.Sequence = ++_sequence;
        }
    }

    private void RecordUnanswered()
    {
        if (_unanswered is { } turn)
        {
            _unanswered = null;
            turn.CompletedAt = _context.Time.GetUtcNow();
            turn.EndActivity("not_answered");
            _context.Events.Write(new ConversationEvent.TurnAnswered(turn.Summary(_context.Agent.Language)));
            _recorder.Release();
            _recorder.Record(turn);
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
