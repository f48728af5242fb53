using Voice.Core.Text;

namespace Voice.Core.Turns;

/// <summary>The pause that ends a turn, where words, voice and habit decide.</summary>
internal static class SemanticWait
{
    /// <summary>
    /// How much a voice that clearly comes to an end, or clearly does not, changes the wait: little, since in recorded speech it falls within
    /// sentences nearly as often as at their end.
    /// </summary>
    private const double MostByVoice = 0.08;

    /// <summary>Of the wait for open words, where they answer a question that asked for no more than them.</summary>
    private const double Answer = 0.6;

    // Milliseconds by completeness: unfinished, open, likely, finished; then the longest wait.
    private static readonly int[] High = [1_000, 600, 340, 280, 2_000];
    private static readonly int[] Medium = [1_600, 1_000, 360, 320, 4_000];
    private static readonly int[] Low = [4_000, 2_000, 1_000, 700, 8_000];

    /// <param name="habit">Of pauses at words as finished as these.</param>
    /// <param name="answers">They answer a question.</param>
    public static TimeSpan For(TurnEagerness eagerness, Completeness completeness, bool answers, EndOfVoice ending, PauseHabit habit)
    {
        var row = Row(eagerness);
        var wait = row[(int)completeness] * (answers && completeness == Completeness.Open ? Answer : 1);
        wait *= 1 - Math.Clamp((0.03 * ending.PitchFall) + (0.01 * ending.LevelFall), -MostByVoice, MostByVoice);
        if (habit.Usual is { } usual)
        {
            // A slow speaker is waited for; a quick one is trusted a little, since the pauses that ended a turn were never seen to go on.
            wait = Math.Clamp(1.2 * usual.TotalMilliseconds, 0.9 * wait, 1.8 * wait);
        }

        return TimeSpan.FromMilliseconds(Math.Min(wait, row[^1]));
    }

    public static TimeSpan Longest(TurnEagerness eagerness) => TimeSpan.FromMilliseconds(Row(eagerness)[^1]);

    private static int[] Row(TurnEagerness eagerness) => eagerness switch
    {
        TurnEagerness.Low => Low,
        TurnEagerness.High => High,
        _ => Medium,
    };
}
