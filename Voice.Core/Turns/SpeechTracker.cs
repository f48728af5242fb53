namespace Voice.Core.Turns;

/// <summary>
/// Frames to speech: begins when most of the last frames were voice (a key stroke is one, a syllable is five), and knows since when
/// it has been quiet. Positions are frames since the start of the session.
/// </summary>
internal sealed class SpeechTracker
{
    /// <summary>4 of the last 6 frames, that is 80 ms of voice within 120 ms.</summary>
    private const int StartFrames = 4;
    private const int StartWindow = 6;
    private const uint WindowMask = (1u << StartWindow) - 1;

    private uint _history;
    private long _frame;

    public bool Speaking { get; private set; }

    /// <summary>First frame of the speech.</summary>
    public long Started { get; private set; }

    /// <summary>The frame after the last voiced one.</summary>
    public long VoiceEnd { get; private set; }

    public int SilentFrames => Speaking ? (int)(_frame - VoiceEnd) : 0;

    /// <returns>True when speech began with this frame.</returns>
    public bool Process(bool voiced)
    {
        _frame++;
        _history = ((_history << 1) | (voiced ? 1u : 0u)) & WindowMask;
        if (Speaking)
        {
            // A single voiced frame in a pause is a click or a breath; two running are voice.
            if ((_history & 0b11) == 0b11)
            {
                VoiceEnd = _frame;
            }

            return false;
        }

        if (!voiced || uint.PopCount(_history) < StartFrames)
        {
            return false;
        }

        Speaking = true;
        Started = _frame - (32 - uint.LeadingZeroCount(_history));
        VoiceEnd = _frame;
        return true;
    }

    public void End()
    {
        Speaking = false;
        _history = 0;
    }
}
