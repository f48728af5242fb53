namespace Voice.Core.Text;

/// <summary>Which of two languages a text is in, by script and the commonest words; the first where it cannot tell.</summary>
internal static class LanguageGuess
{
    private static readonly string[] English = ["the", "is", "are", "i", "you", "my", "do", "have", "what", "and", "to", "of", "in", "it", "please", "does"];
    private static readonly string[] Spanish = ["el", "la", "los", "es", "en", "que", "de", "mi", "tengo", "por", "favor", "usted", "tiene", "un", "una", "y", "me", "duele", "no", "está"];

    public static string Choose(string text, string first, string second) => Score(text, second) > Score(text, first) ? second : first;

    private static double Score(string text, string language)
    {
        var tongue = language.Split('-')[0];
        if (tongue == "ko")
        {
            return text.Count(c => c is >= '가' and <= '힣') * 10;
        }

        var words = text.ToLowerInvariant().Split([' ', ',', '.', '?', '!', '¿', '¡'], StringSplitOptions.RemoveEmptyEntries);
        var common = tongue == "es" ? Spanish : English;
        return words.Count(word => common.Contains(word)) + (tongue == "es" && text.AsSpan().IndexOfAny("¿¡ñáéíóú") >= 0 ? 2 : 0);
    }
}
