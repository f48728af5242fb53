namespace Voice.Core.Text;

/// <summary>
/// Grades what was understood so far by how it ends: punctuation, trailing function words and fillers, question and clause patterns,
/// answers that stand alone, Korean sentence endings. English, Spanish and Korean; other languages by punctuation only.
/// </summary>
internal static class UtteranceCompleteness
{
    public static Completeness Of(string text, string language)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return Completeness.Open;
        }

        if (trimmed[^1] is ',' or '-' or '…' or ':' or ';' || trimmed.EndsWith("..."))
        {
            return Completeness.Unfinished;
        }

        var words = SpokenWords.Of(text);
        if (words.Length == 0)
        {
            return Completeness.Open;
        }

        var graded = language.Split('-')[0] switch
        {
            "en" => EnglishCompleteness.Of(text, words),
            "es" => SpanishCompleteness.Of(text, words),
            "ko" => KoreanCompleteness.Of(words),
            _ => Completeness.Open,
        };
        return trimmed[^1] is '.' or '?' or '!' or '。' or '？' ? Punctuated(graded) : graded;
    }

    /// <summary>Recognisers put a full stop after "I want to" as well: it raises the grade, it does not decide.</summary>
    private static Completeness Punctuated(Completeness words) => words switch
    {
        Completeness.Unfinished => Completeness.Open,
        Completeness.Open => Completeness.Likely,
        _ => Completeness.Finished,
    };
}
