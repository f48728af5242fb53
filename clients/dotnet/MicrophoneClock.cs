namespace Voice.Client;

/// <summary>When each 20 ms frame left. One writer, one reader, under the conversation's lock.</summary>
internal sealed class MicrophoneClock(TimeProvider time)
{
    public const int FrameMs = 20;

    private readonly List<long> _sentAt = new(16 * 1024);

    // Where a lost connection made the platform's clock and this one differ: from this position on, this frame.
    private readonly List<(double Ms, int Frame)> _aligned = [];

    public int Frames => _sentAt.Count;

    public void FrameSent() => _sentAt.Add(time.GetTimestamp());

    /// <summary>The platform counts the time away as silence: the next frame begins at this position of its clock.</summary>
    public void Align(double positionMs) => _aligned.Add((positionMs, Frames));

    /// <summary>When the sample at this position of the input audio was sent; null for a position that has not been.</summary>
    public long? SentAt(double positionMs)
    {
        // The sample just before the position closes the speech; 20.0 ms is the end of frame 0, not the start of frame 1.
        var (ms, first) = _aligned.FindLast(aligned => aligned.Ms < positionMs);
        var frame = first + Math.Max(0, (int)Math.Ceiling((positionMs - ms) / FrameMs) - 1);
        return frame < _sentAt.Count ? _sentAt[frame] : null;
    }
}
