namespace Voice.Core.Conversations;

/// <summary>
/// The clock by which playback is estimated. It stands still while no audio can reach the client: once what was sent before has played,
/// nothing more is heard until the client is back. Under the conversation's gate.
/// </summary>
internal sealed class PlaybackClock(TimeProvider time) : TimeProvider
{
    private long _paused;
    private long? _standsAt;

    /// <summary>Nothing is played now, for the client lacks the audio.</summary>
    public bool Stands => time.GetTimestamp() > _standsAt;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp()
    {
        var now = time.GetTimestamp();
        return (now > _standsAt ? _standsAt.Value : now) - _paused;
    }

    /// <param name="remaining">What the client still has to play.</param>
    public void Pause(TimeSpan remaining) => _standsAt ??= time.GetTimestamp() + (long)(remaining.TotalSeconds * time.TimestampFrequency);

    public void Continue()
    {
        _paused += Math.Max(0, time.GetTimestamp() - (_standsAt ?? long.MaxValue));
        _standsAt = null;
    }
}
