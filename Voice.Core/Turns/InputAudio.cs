using Voice.Core.Audio;

namespace Voice.Core.Turns;

/// <summary>
/// The user's audio: resampled, cut into frames, and told apart into speech and the rest. Only speech goes to the transcriber,
/// with what was heard just before it; in manual mode everything does. Allocates nothing per frame, and nothing at all before the first
/// audio. Under the conversation's gate.
/// </summary>
internal sealed class InputAudio(IInputAudioHandler handler)
{
    private const int Rate = VoiceActivityDetector.SampleRate;
    private const int FrameLength = VoiceActivityDetector.FrameLength;
    private static readonly TimeSpan Frame = VoiceActivityDetector.FrameDuration;

    /// <summary>What passes until speech is certain.</summary>
    private const int OnsetFrames = 8;

    /// <summary>Samples resampled at once: a client that sends a minute in one message takes no larger buffer.</summary>
    private const int Piece = 480;

    // Between two frames it holds nothing, so one per thread serves all sessions.
    [ThreadStatic]
    private static short[]? _scratch;

    private readonly SpeechTracker _tracker = new();
    private readonly VoiceContour _contour = new();
    private VoiceActivityDetector? _detector;
    private StreamingResampler? _resampler;

    /// <summary>The newest frames, the unfinished one included; the padding of an utterance comes from here.</summary>
    private short[] _ring = [];
    private int _ringFrames;

    /// <summary>The frame before which the ring never held anything: it was smaller.</summary>
    private long _oldest;
    private int _filled;
    private long _frames;

    /// <summary>First frame that was not handed on yet.</summary>
    private long _handedOn;

    /// <summary>Audio heard so far: the input audio clock.</summary>
    public TimeSpan Position => (_frames * Frame) + TimeSpan.FromSeconds((double)_filled / Rate);

    public bool Speaking => _tracker.Speaking;

    public TimeSpan SpeechStart => _tracker.Started * Frame;

    public TimeSpan SpeechEnd => _tracker.VoiceEnd * Frame;

    /// <summary>Since the last voice, while speaking.</summary>
    public TimeSpan Silence => _tracker.SilentFrames * Frame;

    /// <summary>How the voice of this utterance sounded when last it was heard.</summary>
    public EndOfVoice Ending => _contour.Ending;

    /// <summary>Handed on since the last <see cref="Take"/>.</summary>
    public TimeSpan Buffered { get; private set; }

    public void Append(ReadOnlySpan<byte> pcm, int sampleRate, TurnDetection? detection)
    {
        if (_resampler?.From != sampleRate)
        {
            // Clients send 20 ms at once, and a frame is one of theirs: held back for a last sample, the end of a turn would be 20 ms late.
            _resampler = new StreamingResampler(sampleRate, Rate, prompt: true);
        }

        _detector ??= new VoiceActivityDetector();
        _detector.Threshold = detection?.Threshold ?? 0.5f;
        Keep((int)((detection?.PrefixPadding ?? TimeSpan.Zero) / Frame) + OnsetFrames);
        var room = _resampler.MaxOutput(Piece);
        var scratch = _scratch is { } kept && kept.Length >= room ? kept : _scratch = new short[room];
        var input = Pcm16.Samples(pcm);
        while (!input.IsEmpty)
        {
            var piece = input[..Math.Min(input.Length, Piece)];
            input = input[piece.Length..];
            Collect(scratch.AsSpan(0, _resampler.Process(piece, scratch)), detection);
        }
    }

    /// <summary>The utterance is over: what comes next belongs to another.</summary>
    public void Take()
    {
        _tracker.End();
        _contour.Clear();
        Buffered = TimeSpan.Zero;
        _handedOn = _frames;
    }

    /// <summary>Makes the ring hold this many finished frames; what it holds stays, as far as there is room.</summary>
    private void Keep(int frames)
    {
        if (frames < _ringFrames)
        {
            return;
        }

        var (ring, held) = (new short[(frames + 1) * FrameLength], _ringFrames);
        _oldest = Math.Max(_oldest, _frames - held + 1);
        for (var frame = _oldest; held > 0 && frame <= _frames; frame++)
        {
            Slot(frame).CopyTo(ring.AsSpan((int)(frame % (frames + 1)) * FrameLength));
        }

        (_ring, _ringFrames) = (ring, frames + 1);
    }

    private Span<short> Slot(long frame) => _ring.AsSpan((int)(frame % _ringFrames) * FrameLength, FrameLength);

    /// <summary>Speech that goes on counts as beginning now; what was handed on stays so.</summary>
    public void ListenAnew() => _tracker.End();

    private void Collect(ReadOnlySpan<short> samples, TurnDetection? detection)
    {
        while (!samples.IsEmpty)
        {
            var take = Math.Min(samples.Length, FrameLength - _filled);
            samples[..take].CopyTo(Slot(_frames)[_filled..]);
            samples = samples[take..];
            _filled += take;
            if (_filled == FrameLength)
            {
                _filled = 0;
                Process(detection);
            }
        }
    }

    private void Process(TurnDetection? detection)
    {
        var voiced = _detector!.Process(Slot(_frames));
        _frames++;
        if (voiced)
        {
            _contour.Add(_detector.Features, _detector.Level);
        }

        var started = _tracker.Process(voiced, _detector.Sounding);
        if (detection is null)
        {
            HandOn(_frames - 1);
            return;
        }

        if (started)
        {
            var padding = (long)(detection.PrefixPadding / Frame);
            var first = Math.Max(Math.Max(_handedOn, _tracker.Started - padding), Math.Max(_oldest, _frames - _ringFrames));
            handler.OnSpeechStarted(Math.Max(0, first) * Frame);
            HandOn(first);
        }
        else if (_tracker.Speaking)
        {
            HandOn(_frames - 1);
            handler.OnSpeechContinues();
        }
    }

    private void HandOn(long first)
    {
        for (var frame = Math.Max(0, first); frame < _frames; frame++)
        {
            handler.OnUtteranceAudio(Pcm16.Bytes(Slot(frame)));
            Buffered += Frame;
        }

        _handedOn = _frames;
    }
}
