using System.Numerics;
using Voice.Core.Audio;

namespace Voice.Core.Turns;

/// <summary>
/// Is this frame speech? It has to stand out of the noise, and lately there has to have been voicing: a sound that repeats itself at the
/// pitch of a voice, with a spectrum of peaks and valleys that moves. So a fricative belongs to the vowel before it, while clicks, rustling,
/// tones and chords start nothing. Only what stands out is looked at more closely. Not thread-safe; a frame costs no allocation.
/// </summary>
public sealed class VoiceActivityDetector
{
    public const int SampleRate = 16_000;
    public const int FrameLength = SampleRate / 50;
    public static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(20);

    /// <summary>Below this nothing is speech, whatever the floor: the noise of a good sound card in a quiet room is not a whisper.</summary>
    private const float QuietestSpeech = -66f;

    /// <summary>A frame of ongoing speech may be this much weaker than one that starts it.</summary>
    private const float Hysteresis = 2f;

    /// <summary>Breath, echo and the neighbours are weaker than this under the voice of the one who speaks.</summary>
    private const float Range = 35f;

    /// <summary>Of the voice's level, per frame: 2 dB a second, since the next to speak may be softer.</summary>
    private const float Fading = 0.04f;

    /// <summary>Differences over half a millisecond: 22 dB less of mains hum and rumble, all of the voice above 500 Hz, in one vector operation.</summary>
    private const int Lag = 8;

    // A voiced frame adds two, another takes one away: the first frame of voicing may be chance, and 200 ms without any are more than a consonant.
    private const int VoicingGain = 2;
    private const int VoicingNeeded = 3;
    private const int VoicingCertain = 8;
    private const int ToneLoss = 4;
    private const int MostVoicing = 10;

    private readonly NoiseFloor _floor = new();
    private readonly short[] _window = new short[VoiceFeatures.WindowLength];
    private readonly float[] _spectrum = new float[VoiceFeatures.Bins];
    private bool _compared;
    private bool _speech;
    private bool _certain;
    private int _voicing;
    private float _voice = -100f;

    /// <summary>0 to 1, as <see cref="TurnDetection.Threshold"/>.</summary>
    public float Threshold { get; set; } = 0.5f;

    /// <summary>dBFS.</summary>
    public float NoiseFloor => _floor.Level;

    /// <summary>The last frame stood out of the noise, whatever it was.</summary>
    internal bool Sounding { get; private set; }

    internal VoiceFeatures Features { get; private set; }

    internal float Level { get; private set; }

    /// <param name="frame"><see cref="FrameLength"/> samples at <see cref="SampleRate"/>.</param>
    public bool Process(ReadOnlySpan<short> frame)
    {
        _window.AsSpan(FrameLength).CopyTo(_window);
        frame.CopyTo(_window.AsSpan(VoiceFeatures.WindowLength - FrameLength));
        Level = Pcm16.ToDbfs(Differences(_window.AsSpan(VoiceFeatures.WindowLength - FrameLength - Lag)) / (2.0 * FrameLength));
        _floor.Add(Level);
        var margin = 1f + (14f * Threshold * Threshold) + (8f * Math.Max(0, Threshold - 0.5f)) - (_speech ? Hysteresis : 0);
        var least = Math.Max(QuietestSpeech + (24f * (Threshold - 0.5f)), _voice - Range);
        Sounding = Level > least && Level - _floor.Level > margin;
        if (Sounding)
        {
            Features = VoiceFeatures.Of(_window, _spectrum, !_compared);
            var voiced = !IsTone(Features) && Evidence(Features) > 0.6f * Threshold;
            // Who certainly speaks may hold a vowel.
            _voicing += voiced ? VoicingGain : IsTone(Features) && !_certain ? -ToneLoss : -1;
            _voice = voiced && _voicing > VoicingNeeded ? Math.Max(_voice, Level) : _voice - Fading;
        }
        else
        {
            _voicing--;
            _voice -= Fading;
        }

        _voicing = Math.Clamp(_voicing, 0, MostVoicing);

        _compared = Sounding;
        _speech = Sounding && _voicing >= VoicingNeeded;
        _certain = _speech && (_certain || _voicing >= VoicingCertain);
        return _speech;
    }

    /// <summary>Noise has about -1, keystrokes -0.5 and hardly ever 0.4, a vowel 1 to 2, in noise of 10 dB still 0.9.</summary>
    private static float Evidence(in VoiceFeatures features) => (2.5f * (features.Harmonicity - 0.5f)) - (0.1f * (features.Flatness + 9f));

    /// <summary>Peaks that stand still: of dialling, hum and chords nine frames in ten, of speech one in thirty.</summary>
    private static bool IsTone(in VoiceFeatures features) => features.Flatness < -8f && features.Steadiness > 0.97f;

    /// <summary>Sum of the squares of each sample's difference to that <see cref="Lag"/> before it.</summary>
    private static float Differences(ReadOnlySpan<short> samples)
    {
        var sum = Vector<float>.Zero;
        var at = 0;
        for (; at + Lag + Vector<short>.Count <= samples.Length; at += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(samples[at..]), out var oldLow, out var oldHigh);
            Vector.Widen(new Vector<short>(samples[(at + Lag)..]), out var low, out var high);
            var first = Vector.ConvertToSingle(low - oldLow);
            var second = Vector.ConvertToSingle(high - oldHigh);
            sum += (first * first) + (second * second);
        }

        return Vector.Sum(sum);
    }
}
