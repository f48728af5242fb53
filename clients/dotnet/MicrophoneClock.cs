namespace Voice.Client;

/// <summary>When each 20 ms frame left. One writer, one reader, under the conversation's lock.</summary>
internal sealed class MicrophoneClock(TimeProvider time)
{
    public const int FrameMs = 20;

    private readonly List<long> _sentAt = new(16 * 1024);

    public int Frames => _sentAt.Count;

    public void FrameSent() => _sentAt.Add(time.GetTimestamp());

    /// <summary>When the sample at this position of the input audio was sent; null for a position that has not been.</summary>
    public long? SentAt(double positionMs)
    {
        // The sample just before the position closes the speech; 20.0 ms is the end of frame 0, not the start of frame 1.
        var frame = Math.Max(0, (int)Math.Ceiling(positionMs / FrameMs) - 1);
        return frame < _sentAt.Count ? _sentAt[frame] : null;
    }
}
