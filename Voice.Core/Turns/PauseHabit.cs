namespace Voice.Core.Turns;

/// <summary>
/// How long this speaker pauses within a turn: a quantile of the pauses after which they went on, estimated step by step in two numbers
/// so that a session of hours stays as small and as quick as one of minutes. One long pause moves it little.
/// </summary>
internal sealed class PauseHabit
{
    /// <summary>Nine of ten pauses within a turn are shorter.</summary>
    private const double Quantile = 0.9;
    private const double First = 500;
    private const double Longest = 2_000;

    /// <summary>Fewer say nothing about a person.</summary>
    private const int Enough = 4;

    private double _estimate = First;

    public int Count { get; private set; }

    /// <summary>Null while too little is known.</summary>
    public TimeSpan? Usual => Count >= Enough ? TimeSpan.FromMilliseconds(_estimate) : null;

    public void Add(TimeSpan pause)
    {
        Count++;
        var milliseconds = Math.Min(pause.TotalMilliseconds, Longest);
        // Steps that shrink as pauses are seen, but never so far that a changed speaker is not noticed.
        var step = Math.Max(40, 400.0 / Math.Min(Count, 20));
        _estimate += milliseconds > _estimate
            ? Math.Min(step * Quantile, milliseconds - _estimate)
            : Math.Max(-step * (1 - Quantile), milliseconds - _estimate);
    }
}
