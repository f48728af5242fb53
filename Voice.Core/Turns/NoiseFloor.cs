namespace Voice.Core.Turns;

/// <summary>
/// The level under which nobody speaks: falls at once, rises with the quietest moments of the last seconds, and jumps to a sound that
/// holds its level as no voice does (a fan, a hum, a tone).
/// </summary>
internal sealed class NoiseFloor
{
    private const float Initial = -62f;
    private const float Lowest = -75f;
    private const float Highest = -22f;

    // The floor is the least level of the last 8 windows of 400 ms.
    private const int WindowFrames = 20;
    private readonly float[] _windows = new float[8];
    private int _window;
    private int _windowFill;
    private float _windowMin = float.MaxValue;

    // Levels of the last 25 frames: half a second, longer than a held vowel. Their sums are kept, not made again.
    private readonly float[] _recent = new float[25];
    private int _recentNext;
    private int _recentCount;
    private double _sum;
    private double _squares;

    public NoiseFloor() => Array.Fill(_windows, Initial);

    /// <summary>dBFS.</summary>
    public float Level { get; private set; } = Initial;

    public void Add(float level)
    {
        _windowMin = Math.Min(_windowMin, level);
        if (++_windowFill == WindowFrames)
        {
            _windows[_window] = _windowMin;
            _window = (_window + 1) % _windows.Length;
            _windowFill = 0;
            _windowMin = float.MaxValue;
        }

        var left = _recent[_recentNext];
        _recent[_recentNext] = level;
        _recentNext = _recentNext + 1 == _recent.Length ? 0 : _recentNext + 1;
        _recentCount = Math.Min(_recentCount + 1, _recent.Length);
        _sum += level - left;
        _squares += ((double)level * level) - ((double)left * left);

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
        var target = Math.Clamp(least + 1.5f, Lowest, Highest);
        Level = target < Level ? target : Level + (0.2f * (target - Level));
    }

    /// <summary>The level, where the last half second kept to it.</summary>
    private float? Steady()
    {
        if (_recentCount < _recent.Length)
        {
            return null;
        }

        var mean = _sum / _recent.Length;
        var variance = (_squares / _recent.Length) - (mean * mean);
        return variance < 1.5 * 1.5 ? (float)mean : null;
    }
}
