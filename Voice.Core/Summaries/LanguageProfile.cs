using System.Text.RegularExpressions;

namespace Voice.Core.Summaries;

/// <summary>What the summary needs to know about a language: words without content, word forms, questions, and things said for politeness.</summary>
/// <param name="Word">Matches one word of folded text.</param>
/// <param name="StopWords">Folded words that carry no topic.</param>
/// <param name="Stem">One form for the forms of a word.</param>
/// <param name="Question">Matches a folded sentence that asks, with or without its question mark: speech recognition writes none.</param>
/// <param name="Ritual">Matches a folded sentence that keeps the conversation going and says nothing.</param>
/// <param name="NonAnswer">Matches a folded reply that does not answer.</param>
public sealed record LanguageProfile(
    string Language, Regex Word, IReadOnlySet<string> StopWords, Func<string, string> Stem, Regex Question, Regex Ritual, Regex NonAnswer)
{
    /// <summary>English where the language has no profile: its sentences and frequent words still rank, only less well.</summary>
    public static LanguageProfile For(string language) => language.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "es" => SpanishProfile.Instance,
        "ko" => KoreanProfile.Instance,
        _ => EnglishProfile.Instance,
    };

    /// <summary>Topic-bearing words of a text as stems, in order.</summary>
    public IEnumerable<Term> Terms(string text)
    {
        foreach (Match match in Word.Matches(Fold.Text(text)))
        {
            if (match.Length > 1 && !StopWords.Contains(match.Value))
            {
                var stem = Stem(match.Value);
                if (stem.Length > 1 && !StopWords.Contains(stem))
                {
                    yield return new Term(stem, match.Value, match.Index);
                }
            }
        }
    }

    public bool IsQuestion(string sentence) => Question.IsMatch(Fold.Text(sentence));

    public bool IsRitual(string sentence) => Ritual.IsMatch(Fold.Text(sentence));

    public bool IsNonAnswer(string reply) => NonAnswer.IsMatch(Fold.Text(reply));
}
