namespace Voice.Core.Turns;

/// <summary>
/// Pitch and level of the last voiced frames of an utterance. A statement falls in both towards its end, and who means to go on holds them
/// up or lets the pitch rise. Not thread-safe; a frame costs no allocation.
/// </summary>
internal sealed class VoiceContour
{
    /// <summary>400 ms: about the last two syllables.</summary>
    private const int Length = 20;

    /// <summary>The end that is compared with what was before it.</summary>
    private const int End = 6;

    /// <summary>Under this the pitch is chance.</summary>
    private const float ReliableHarmonicity = 0.6f;

    private readonly float[] _pitches = new float[Length];
    private readonly float[] _levels = new float[Length];
    private int _count;

    /// <summary>Nothing where less than half of it was heard.</summary>
    public EndOfVoice Ending
    {
        get
        {
            if (_count < Length / 2)
            {
                return default;
            }

            var (before, end) = (Mean(Math.Min(_count, Length) - End, skip: End), Mean(End, skip: 0));
            var fall = before.Pitch > 0 && end.Pitch > 0 ? 12 * MathF.Log2(before.Pitch / end.Pitch) : 0;
            return new EndOfVoice(fall, before.Level - end.Level);
        }
    }

    public void Add(in VoiceFeatures features, float level)
    {
        var at = _count % Length;
        _pitches[at] = features.Harmonicity >= ReliableHarmonicity ? features.Pitch : 0;
        _levels[at] = level;
        _count++;
    }

    public void Clear() => _count = 0;

    /// <summary>Of <paramref name="frames"/> frames, the newest <paramref name="skip"/> left out; pitch 0 where there was none.</summary>
    private (float Pitch, float Level) Mean(int frames, int skip)
    {
        var (pitch, pitched, level) = (0f, 0, 0f);
        for (var i = 1; i <= frames; i++)
        {
            var at = (_count - skip - i) % Length;
            level += _levels[at];
            pitch += _pitches[at];
            pitched += _pitches[at] > 0 ? 1 : 0;
        }

        return (pitched == 0 ? 0 : pitch / pitched, level / frames);
    }
}
