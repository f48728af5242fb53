using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Voice.Bench.Load;

/// <summary>Somebody in a conversation: speaks, waits for the answer, hears it out, waits a little, speaks again.</summary>
/// <param name="hello">Sent before anything else; empty for nothing.</param>
/// <param name="utterances">Taken in turn; each is whole frames and ends with the last frame of voice.</param>
internal sealed class TurnClient(RawSocket socket, byte[] hello, IReadOnlyList<byte[][]> utterances, int seed, TimeProvider time) : LoadClient(socket)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterPlayback = TimeSpan.FromMilliseconds(300);

    private readonly Random _random = new(seed);
    private State _state = State.Pausing;
    private byte[] _hello = hello;
    private int _utterance = -1;
    private int _frame;
    private int _pause = seed % 100;
    private readonly long[] _sent = new long[1_024];
    private long _frames;
    private long _firstAudio;
    private long _speechEnd;
    private long _playbackEnd;

    /// <summary>Answers, in the order they came.</summary>
    public List<TurnSample> Turns { get; } = [];

    /// <summary>Turns that were not answered.</summary>
    public int Missed { get; private set; }

    /// <summary>Turns that the server took as over while this was still speaking.</summary>
    public int CutOff { get; private set; }

    /// <summary>Turns that the platform has told as answered, and how often it asked a model for them.</summary>
    public int TurnsTold { get; private set; }

    public double ModelCalls { get; private set; }

    public bool Ready { get; private set; }

    /// <summary>The first error event, as it came.</summary>
    public string? Error { get; private set; }

    public override ReadOnlySpan<byte> NextFrame(long now)
    {
        if (_hello.Length > 0)
        {
            var first = _hello;
            _hello = [];
            return first;
        }

        _sent[_frames++ % _sent.Length] = now;
        switch (_state)
        {
            case State.Pausing when Ready && _pause-- <= 0:
                _state = State.Speaking;
                _utterance = (_utterance + 1) % utterances.Count;
                _frame = 0;
                return Speak(now);
            case State.Speaking:
                return Speak(now);
            case State.Waiting when time.GetElapsedTime(_speechEnd, now) > AnswerLimit:
                Missed++;
                Pause();
                break;
            case State.Hearing when now >= _playbackEnd:
                Pause();
                break;
        }

        return SpeechFrames.Noise[_frame++ % SpeechFrames.Noise.Length];
    }

    protected override void OnMessage(ReadOnlySpan<byte> json, long now)
    {
        if (json.StartsWith("{\"type\":\"response.output_audio.delta\""u8))
        {
            OnAudio(json, now);
        }
        else if (json.StartsWith("{\"type\":\"input_audio_buffer.committed\""u8))
        {
            CutOff += _state == State.Speaking ? 1 : 0;
        }
        else if (json.StartsWith("{\"type\":\"session.created\""u8))
        {
            Ready = true;
        }
        else if (json.StartsWith("{\"type\":\"voiceaspire.latency\""u8) && Turns.Count > 0)
        {
            Turns[^1] = Turns[^1] with { FromHeardEndMs = FromHeardEnd(JsonSerializer.Deserialize<JsonElement>(json)) };
        }
        else if (json.StartsWith("{\"type\":\"voiceaspire.turn\""u8))
        {
            TurnsTold++;
            var speculation = JsonSerializer.Deserialize<JsonElement>(json).GetProperty("speculation");
            // Those that were begun ahead, and the one that was made if none of them was used.
            ModelCalls += speculation.GetProperty("started").GetDouble() + (speculation.GetProperty("used").GetBoolean() ? 0 : 1);
        }
        else if (json.StartsWith("{\"type\":\"error\""u8))
        {
            Error ??= Encoding.UTF8.GetString(json);
        }
    }

    private ReadOnlySpan<byte> Speak(long now)
    {
        var frames = utterances[_utterance];
        var frame = frames[_frame++];
        if (_frame == frames.Length)
        {
            _state = State.Waiting;
            _speechEnd = now;
            _frame = 0;
        }

        return frame;
    }

    private void OnAudio(ReadOnlySpan<byte> json, long now)
    {
        if (_state == State.Waiting)
        {
            _firstAudio = now;
            Turns.Add(new TurnSample(time.GetElapsedTime(_speechEnd, now).TotalMilliseconds, null));
            _state = State.Hearing;
            _playbackEnd = now + (long)(AfterPlayback.TotalSeconds * time.TimestampFrequency);
        }

        if (_state == State.Hearing)
        {
            // What a player would still have to play: the length of the base64, give or take its padding.
            var encoded = json[(json.LastIndexOf(":\""u8) + 2)..];
            var seconds = Base64.GetMaxDecodedFromUtf8Length(encoded.Length) / (2.0 * SpeechFrames.SampleRate);
            _playbackEnd += (long)(seconds * time.TimestampFrequency);
        }
    }

    /// <summary><c>speech_end_ms</c> is a position in what was sent: when its frame was sent is this clock's.</summary>
    private double? FromHeardEnd(JsonElement latency)
    {
        var frame = ((long)latency.GetProperty("speech_end_ms").GetDouble() + 19) / 20 - 1;
        return frame >= 0 && frame < _frames && _frames - frame < _sent.Length
            ? time.GetElapsedTime(_sent[frame % _sent.Length], _firstAudio).TotalMilliseconds
            : null;
    }

    private void Pause()
    {
        _state = State.Pausing;
        _pause = _random.Next(5, 30);
    }

    private enum State
    {
        Pausing,
        Speaking,
        Waiting,
        Hearing,
    }
}
