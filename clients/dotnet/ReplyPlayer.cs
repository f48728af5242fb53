namespace Voice.Client;

/// <summary>
/// A loudspeaker without sound: plays reply audio in real time from when it arrives, so that the client knows what a person would have
/// heard when an interruption comes. Not thread-safe.
/// </summary>
internal sealed class ReplyPlayer(TimeProvider time)
{
    public const int BytesPerSecond = 24_000 * 2;

    private readonly List<Segment> _segments = [];

    /// <summary>How long what has arrived goes on playing.</summary>
    public TimeSpan Remaining => _segments is [.., var last] ? Max(TimeSpan.Zero, last.StartsIn(time) + last.Duration) : TimeSpan.Zero;

    public void Append(string itemId, byte[] pcm)
    {
        // Due when what is queued has been played, or now.
        var lead = Remaining;
        _segments.Add(new Segment(itemId, pcm, time.GetTimestamp(), lead));
    }

    /// <summary>Stops and forgets what has not been played. Null where nothing was playing.</summary>
    public Interruption? Interrupt()
    {
        if (Remaining == TimeSpan.Zero)
        {
            return null;
        }

        var heard = _segments.FindLastIndex(s => s.StartsIn(time) <= TimeSpan.Zero);
        var cut = _segments[Math.Max(heard, 0)];
        var itemId = cut.ItemId;
        _segments.RemoveRange(heard + 1, _segments.Count - heard - 1);
        if (heard >= 0)
        {
            _segments[heard] = cut with { Pcm = cut.Pcm[..Math.Min(cut.Pcm.Length, Bytes(-cut.StartsIn(time)))] };
        }

        var played = _segments.Where(s => s.ItemId == itemId).Sum(s => s.Pcm.Length);
        return new Interruption(itemId, (int)(played * 1000L / BytesPerSecond));
    }

    public byte[] ToArray() => [.. _segments.SelectMany(s => s.Pcm)];

    private static int Bytes(TimeSpan played) => (int)(played.TotalSeconds * BytesPerSecond) / 2 * 2;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <param name="ItemId">Conversation item that was cut.</param>
    /// <param name="PlayedMs">How much of it was heard.</param>
    public sealed record Interruption(string ItemId, int PlayedMs);

    private sealed record Segment(string ItemId, byte[] Pcm, long ArrivedAt, TimeSpan Lead)
    {
        public TimeSpan Duration => TimeSpan.FromSeconds(Pcm.Length / (double)BytesPerSecond);

        /// <summary>Negative once it has begun.</summary>
        public TimeSpan StartsIn(TimeProvider time) => Lead - time.GetElapsedTime(ArrivedAt);
    }
}
