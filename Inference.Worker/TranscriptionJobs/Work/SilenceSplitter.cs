using Voice.Core.Turns;

namespace Voice.Inference.TranscriptionJobs.Work;

/// <summary>
/// Cuts a channel into parts while it is read: at the first pause after the wanted length, in the middle of the pause, so that both sides keep some silence; where
/// nobody pauses, at the longest pause that there was, however short, and where there was none, at the longest length. Holds no audio.
/// </summary>
internal sealed class SilenceSplitter(TimeSpan wanted, TimeSpan longest)
{
    /// <summary>Shorter ones are between the syllables of a word.</summary>
    private static readonly int Pause = Frames(TimeSpan.FromMilliseconds(400));

    private readonly VoiceActivityDetector _voice = new();
    private readonly short[] _frame = new short[VoiceActivityDetector.FrameLength];
    private readonly int _wanted = Frames(wanted);
    private readonly int _longest = Frames(longest);
    private int _filled;
    private long _frames;
    private long _start;
    private long _quietSince;
    private (long Middle, long Length) _best;

    /// <summary>Parts that end with these samples: first sample, and length.</summary>
    public IEnumerable<(long First, int Samples)> Add(ReadOnlyMemory<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _frame.Length - _filled);
            samples[..count].CopyTo(_frame.AsMemory(_filled));
            samples = samples[count..];
            _filled += count;
            if (_filled < _frame.Length)
            {
                yield break;
            }

            _filled = 0;
            if (AddFrame(_voice.Process(_frame)) is { } end)
            {
                yield return Cut(end);
            }
        }
    }

    /// <summary>The last part; null where nothing is left.</summary>
    public (long First, int Samples)? End()
    {
        var end = (_frames * VoiceActivityDetector.FrameLength) + _filled;
        var first = _start * VoiceActivityDetector.FrameLength;
        return end > first ? (first, (int)(end - first)) : null;
    }

    private static int Frames(TimeSpan time) => (int)(time / VoiceActivityDetector.FrameDuration);

    /// <returns>The frame at which a part ends, if one does.</returns>
    private long? AddFrame(bool speech)
    {
        _frames++;
        if (speech)
        {
            _quietSince = _frames;
        }

        var (quiet, length) = (_frames - Math.Max(_quietSince, _start), _frames - _start);
        // Of the second half only: a cut near the beginning would leave nearly as much to come.
        if (quiet > _best.Length && length > _longest / 2)
        {
            _best = (_frames - (quiet / 2), quiet);
        }

        return length >= _wanted && quiet >= Pause ? _frames - (quiet / 2)
            : length < _longest ? null
            : _best.Length > 0 ? _best.Middle
            : _frames;
    }

    private (long First, int Samples) Cut(long end)
    {
        var part = (_start * VoiceActivityDetector.FrameLength, (int)((end - _start) * VoiceActivityDetector.FrameLength));
        (_start, _best) = (end, default);
        return part;
    }
}
