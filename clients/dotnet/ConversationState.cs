namespace Voice.Client;

/// <summary>
/// What the receive loop has learnt and the send loop asks: is the conversation over, what was heard. Thread-safe.
/// </summary>
internal sealed class ConversationState
{
    private readonly Lock _gate = new();
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly MicrophoneClock _microphone;
    private readonly ReplyPlayer _player;
    private readonly TurnLedger _ledger;
    private readonly Dictionary<string, int> _events = new(StringComparer.Ordinal);
    private readonly List<string> _errors = [];
    private readonly List<RealtimeEvent> _interventions = [];

    /// <summary>User items whose turn is not complete, and responses that are not done.</summary>
    private readonly List<string> _awaited = [];
    private readonly HashSet<string> _responding = new(StringComparer.Ordinal);
    private bool _speaking;
    private string _sessionId = "";
    private long? _fileEnded;
    private long _busy;
    private long _heardFrom;

    public ConversationState(ConversationOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _microphone = new MicrophoneClock(time);
        _player = new ReplyPlayer(time);
        _ledger = new TurnLedger(_microphone, time);
        _busy = _heardFrom = time.GetTimestamp();
    }

    public int FramesSent
    {
        get
        {
            lock (_gate)
            {
                return _microphone.Frames;
            }
        }
    }

    public void FrameSent()
    {
        lock (_gate)
        {
            _microphone.FrameSent();
        }
    }

    public void FileEnded()
    {
        lock (_gate)
        {
            _fileEnded ??= _time.GetTimestamp();
        }
    }

    /// <summary>Over, going on, or given up: then an exception says what did not come.</summary>
    public bool IsOver()
    {
        lock (_gate)
        {
            var waiting = _speaking || _awaited.Count > 0 || _responding.Count > 0;
            var now = _time.GetTimestamp();
            if (waiting || (_options.HearOut && _player.Remaining > TimeSpan.Zero))
            {
                _busy = now;
            }

            if (_fileEnded is not { } ended)
            {
                return false;
            }

            var after = _time.GetElapsedTime(ended, now);
            if (after > _options.Longest)
            {
                throw new RealtimeException(
                    RealtimeFailure.TimedOut, $"The conversation did not end within {_options.Longest.TotalSeconds:0} s after the audio.");
            }

            if (waiting && after > _options.Tail && _time.GetElapsedTime(_heardFrom, now) > _options.Patience + _player.Remaining)
            {
                throw new RealtimeException(
                    RealtimeFailure.TimedOut, $"The platform said nothing for {_options.Patience.TotalSeconds:0} s while a reply was due.");
            }

            return after >= _options.Tail && _time.GetElapsedTime(_busy, now) >= _options.Settled;
        }
    }

    /// <summary>Takes in one event. Returns what was cut where the user has just interrupted the reply.</summary>
    public ReplyPlayer.Interruption? Apply(RealtimeEvent received)
    {
        lock (_gate)
        {
            _heardFrom = received.ReceivedAt;
            _events[received.Type] = _events.GetValueOrDefault(received.Type) + 1;
            return Dispatch(received);
        }
    }

    public ConversationResult ToResult()
    {
        lock (_gate)
        {
            return new ConversationResult(_sessionId, [.. _ledger.Turns], _player.ToArray(), _events, _errors, _interventions);
        }
    }

    private ReplyPlayer.Interruption? Dispatch(RealtimeEvent received)
    {
        switch (received.Type)
        {
            case "session.created":
                _sessionId = received.Text("session", "id") ?? "";
                break;
            case "voiceaspire.resumed":
                // What was missed follows.
                _busy = received.ReceivedAt;
                if (received.Number("input_audio_ms") is { } position)
                {
                    _microphone.Align(position);
                }

                break;
            case "input_audio_buffer.speech_started":
                _speaking = true;
                return _player.Interrupt();
            case "input_audio_buffer.speech_stopped":
                _speaking = false;
                break;
            case "input_audio_buffer.committed" when received.Text("item_id") is { } item:
                _speaking = false;
                _awaited.Add(item);
                break;
            case "conversation.item.input_audio_transcription.failed" when received.Text("item_id") is { } item:
                _awaited.Remove(item);
                break;
            case "conversation.item.input_audio_transcription.completed" when received.Text("transcript") is "" && received.Text("item_id") is { } item:
                // A cough: no words, so no turn.
                _awaited.Remove(item);
                break;
            case "response.created" when received.Text("response", "id") is { } response:
                _responding.Add(response);
                break;
            case "response.done" when received.Text("response", "id") is { } response:
                _responding.Remove(response);
                break;
            case "response.output_audio.delta":
                Play(received);
                break;
            case "voiceaspire.latency":
                _ledger.Latency(received);
                break;
            case "voiceaspire.turn":
                _ledger.Turn(received);
                Answered(received.Text("item_id") ?? "");
                break;
            case "voiceaspire.safety":
                _interventions.Add(received);
                break;
            case "error":
                _errors.Add(received.Text("error", "message") ?? "The platform reported an error without a message.");
                break;
        }

        return null;
    }

    /// <summary>The user went on speaking over the answers to earlier items: this turn stands for them too.</summary>
    private void Answered(string itemId) => _awaited.RemoveRange(0, _awaited.IndexOf(itemId) + 1);

    private void Play(RealtimeEvent delta)
    {
        byte[] pcm;
        try
        {
            pcm = Convert.FromBase64String(delta.Text("delta") ?? "");
        }
        catch (FormatException failure)
        {
            throw new RealtimeException(RealtimeFailure.Protocol, "The server sent reply audio that is not base64.", failure);
        }

        if (pcm.Length % 2 != 0)
        {
            throw new RealtimeException(RealtimeFailure.Protocol, "The server sent half a sample of reply audio.");
        }

        _ledger.ReplyAudio(delta.Text("response_id") ?? "", delta.ReceivedAt);
        _player.Append(delta.Text("item_id") ?? "", pcm);
    }
}
