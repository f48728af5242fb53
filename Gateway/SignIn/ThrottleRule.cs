namespace Voice.Gateway.SignIn;

/// <summary>
/// <paramref name="Tries"/> within <paramref name="Window"/>; then a pause of one window, and of twice as long each time that the
/// tries after a pause are used up too.
/// </summary>
internal sealed record ThrottleRule(string Key, int Tries, TimeSpan Window)
{
    public static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);

    /// <summary>After a pause, how long it counts as the one before.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromHours(2);

    /// <summary>2^12 windows are longer than the longest lock for any window of a second or more.</summary>
    public const int MaxLevel = 12;

    public TimeSpan LockAt(int level)
    {
        var doubled = Window * (1 << Math.Min(level, MaxLevel));
        return doubled > LongestLock && Window < LongestLock ? LongestLock : doubled;
    }
}
