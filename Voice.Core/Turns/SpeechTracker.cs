namespace Voice.Core.Turns;

/// <summary>
/// Frames to speech: begins when half of the last frames were voice (a syllable is five), and knows since when
/// it has been quiet. Positions are frames since the start of the session.
/// </summary>
internal sealed class SpeechTracker
{
    /// <summary>3 of the last 6 frames; the detector itself lets the first frame of voicing pass.</summary>
    private const int StartFrames = 3;
    private const int StartWindow = 6;
    private const uint WindowMask = (1u << StartWindow) - 1;

    /// <summary>A consonant before the first vowel, which alone tells that it is a voice.</summary>
    private const int LongestOnset = 6;

    private uint _history;
    private long _frame;
    private long _soundSince;

    public bool Speaking { get; private set; }

    /// <summary>First frame of the speech.</summary>
    public long Started { get; private set; }

    /// <summary>The frame after the last voiced one.</summary>
    public long VoiceEnd { get; private set; }

    public int SilentFrames => Speaking ? (int)(_frame - VoiceEnd) : 0;

    /// <param name="sounding">Something was heard, voice or not.</param>
    /// <returns>True when speech began with this frame.</returns>
    public bool Process(bool voiced, bool sounding)
    {
        _frame++;
        if (!sounding)
        {
            _soundSince = _frame;
        }

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
        var voicedSince = _frame - (32 - uint.LeadingZeroCount(_history));
        Started = Math.Min(voicedSince, Math.Max(_soundSince, voicedSince - LongestOnset));
        VoiceEnd = _frame;
        return true;
    }

    public void End()
    {
        Speaking = false;
        _history = 0;
    }
}
