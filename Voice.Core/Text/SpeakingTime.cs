namespace Voice.Core.Text;

/// <summary>How long it takes to say something, roughly: 15 characters a second, 6 of a script whose characters are syllables.</summary>
internal static class SpeakingTime
{
    public static TimeSpan Of(string text) =>
        TimeSpan.FromSeconds(text.Sum(character => character >= '\u1100' ? 1 / 6.0 : 1 / 15.0));
}
