using Voice.Core.Audio;

namespace Voice.Core.Turns;

/// <summary>
/// The user's audio: resampled, cut into frames, and told apart into speech and the rest. Only speech goes to the transcriber,
/// with what was heard just before it; in manual mode everything does. Allocates nothing per frame. Under the conversation's gate.
/// </summary>
internal sealed class InputAudio(IInputAudioHandler handler)
{
    private const int Rate = VoiceActivityDetector.SampleRate;
    private const int FrameLength = VoiceActivityDetector.FrameLength;
    private static readonly TimeSpan Frame = VoiceActivityDetector.FrameDuration;

    /// <summary>The longest padding, and what passes until speech is certain.</summary>
    private static readonly int RingFrames = (int)(TurnDetection.MaxPrefixPadding / Frame) + 8;

    private readonly VoiceActivityDetector _detector = new();
    private readonly SpeechTracker _tracker = new();
    private readonly short[] _frame = new short[FrameLength];
    private readonly short[] _ring = new short[RingFrames * FrameLength];
    private short[] _resampled = new short[Rate / 4];
    private StreamingResampler? _resampler;
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

    /// <summary>Handed on since the last <see cref="Take"/>.</summary>
    public TimeSpan Buffered { get; private set; }

    public void Append(ReadOnlySpan<byte> pcm, int sampleRate, TurnDetection? detection)
    {
        if (_resampler?.From != sampleRate)
        {
            _resampler = new StreamingResampler(sampleRate, Rate);
        }

        var input = Pcm16.Samples(pcm);
        while (!input.IsEmpty)
        {
            // In pieces, so that a client that sends a minute at once does not make this buffer grow for ever.
            var piece = input[..Math.Min(input.Length, sampleRate / 5)];
            input = input[piece.Length..];
            if (_resampled.Length < _resampler.MaxOutput(piece.Length))
            {
                _resampled = new short[_resampler.MaxOutput(piece.Length)];
            }

            Collect(_resampled.AsSpan(0, _resampler.Process(piece, _resampled)), detection);
        }
    }

    /// <summary>The utterance is over: what comes next belongs to another.</summary>
    public void Take()
    {
        _tracker.End();
        Buffered = TimeSpan.Zero;
        _handedOn = _frames;
    }

    private void Collect(ReadOnlySpan<short> samples, TurnDetection? detection)
    {
        while (!samples.IsEmpty)
        {
            var take = Math.Min(samples.Length, FrameLength - _filled);
            samples[..take].CopyTo(_frame.AsSpan(_filled));
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
        _frame.CopyTo(_ring.AsSpan((int)(_frames % RingFrames) * FrameLength));
        _frames++;
        _detector.Threshold = detection?.Threshold ?? 0.5f;
        var started = _tracker.Process(_detector.Process(_frame));
        if (detection is null)
        {
            HandOn(_frames - 1);
            return;
        }

        if (started)
        {
            var padding = (long)(detection.PrefixPadding / Frame);
            var first = Math.Max(Math.Max(_handedOn, _tracker.Started - padding), _frames - RingFrames);
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
            handler.OnUtteranceAudio(Pcm16.Bytes(_ring.AsSpan((int)(frame % RingFrames) * FrameLength, FrameLength)));
            Buffered += Frame;
        }

        _handedOn = _frames;
    }
}
