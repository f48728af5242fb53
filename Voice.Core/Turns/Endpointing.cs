using Voice.Core.Text;

namespace Voice.Core.Turns;

/// <summary>Is the turn over? A pause ends it, a longer one where the words so far ask for more.</summary>
internal static class Endpointing
{
    /// <param name="partial">What was understood of the turn so far; empty before the first words.</param>
    public static bool IsOver(TimeSpan silence, string partial, string language, TurnDetection settings) =>
        silence >= settings.SilenceDuration
        && (silence >= settings.SilenceDuration + settings.UnfinishedExtension || !UnfinishedUtterance.Is(partial, language));
}
