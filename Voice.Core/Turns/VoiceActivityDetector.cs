using Voice.Core.Audio;

namespace Voice.Core.Turns;

/// <summary>
/// Is this frame speech? Energy above a floor that follows the noise: the floor falls at once, rises with the quietest moments of
/// the last seconds, and jumps to a sound that holds its level as no voice does (a fan, a hum, a tone). Not thread-safe; a frame
/// costs no allocation.
/// </summary>
public sealed class VoiceActivityDetector
{
    public const int SampleRate = 16_000;
    public const int FrameLength = SampleRate / 50;
    public static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(20);

    /// <summary>Below this nothing is speech, whatever the floor: the noise of a good sound card in a quiet room is not a whisper.</summary>
    private const float QuietestSpeech = -58f;
    private const float InitialFloor = -62f;
    private const float LowestFloor = -75f;
    private const float HighestFloor = -22f;

    /// <summary>A frame of ongoing speech may be this much weaker than one that starts it.</summary>
    private const float Hysteresis = 3f;

    // The floor is the least level of the last 8 windows of 400 ms.
    private const int WindowFrames = 20;
    private readonly float[] _windows = new float[8];
    private int _window;
    private int _windowFill;
    private float _windowMin = float.MaxValue;

    // Levels of the last 25 frames: half a second, longer than a held vowel.
    private readonly float[] _recent = new float[25];
    private int _recentNext;
    private int _recentCount;

    private readonly Biquad _highPass = Biquad.HighPass(150, SampleRate);
    private float _floor = InitialFloor;
    private bool _speech;

    public VoiceActivityDetector() => Array.Fill(_windows, InitialFloor);

    /// <summary>0 to 1, as <see cref="TurnDetection.Threshold"/>.</summary>
    public float Threshold { get; set; } = 0.5f;

    /// <summary>dBFS.</summary>
    public float NoiseFloor => _floor;

    /// <param name="frame"><see cref="FrameLength"/> samples at <see cref="SampleRate"/>.</param>
    public bool Process(ReadOnlySpan<short> frame)
    {
        var level = Level(frame);
        Follow(level);
        var margin = 4f + (12f * Math.Clamp(Threshold, 0f, 1f)) - (_speech ? Hysteresis : 0);
        var least = QuietestSpeech + (12f * (Threshold - 0.5f));
        _speech = level > least && level - _floor > margin;
        return _speech;
    }

    /// <summary>Without what lies under the voice: mains hum, rumble, a constant offset.</summary>
    private float Level(ReadOnlySpan<short> frame)
    {
        var sum = 0.0;
        foreach (var sample in frame)
        {
            var value = _highPass.Process(sample);
            sum += value * value;
        }

        return Pcm16.ToDbfs(sum / Math.Max(1, frame.Length));
    }

    private void Follow(float level)
    {
        _windowMin = Math.Min(_windowMin, level);
        if (++_windowFill == WindowFrames)
        {
            _windows[_window] = _windowMin;
            _window = (_window + 1) % _windows.Length;
            _windowFill = 0;
            _windowMin = float.MaxValue;
        }

        _recent[_recentNext] = level;
        _recentNext = (_recentNext + 1) % _recent.Length;
        _recentCount = Math.Min(_recentCount + 1, _recent.Length);

        var least = level;
        foreach (var window in _windows)
        {
            least = Math.Min(least, window);
        }

        if (Steady() is { } steady)
        {
            // Nobody speaks like this: what went before does not count any more.
            Array.Fill(_windows, steady);
            least = steady;
        }

        // The minimum of noisy frames lies under their mean; a rising floor is followed smoothly, a falling one at once.
        var target = Math.Clamp(least + 1.5f, LowestFloor, HighestFloor);
        _floor = target < _floor ? target : _floor + (0.2f * (target - _floor));
    }

    /// <summary>The level, where the last half second kept to it.</summary>
    private float? Steady()
    {
        if (_recentCount < _recent.Length)
        {
            return null;
        }

        float sum = 0, squares = 0;
        foreach (var level in _recent)
        {
            sum += level;
            squares += level * level;
        }

        var mean = sum / _recent.Length;
        var variance = (squares / _recent.Length) - (mean * mean);
        return variance < 1.5f * 1.5f ? mean : null;
    }
}
