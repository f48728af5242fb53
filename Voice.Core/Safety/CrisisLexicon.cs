using System.Text.RegularExpressions;

namespace Voice.Core.Safety;

/// <summary>
/// The first layer: words that people in danger use, found the same way every time and in microseconds, in front of whatever
/// model comes after. It knows denial, idiom and talk about the subject; it does not know hints, irony or context. English and Korean.
/// </summary>
public static class CrisisLexicon
{
    /// <summary>Longer than anybody says in one turn; what comes after is not read.</summary>
    private const int MaxLength = 4_000;

    /// <param name="language">BCP-47; text in Hangul is read as Korean whatever it says.</param>
    /// <returns>The gravest finding, or null.</returns>
    public static CrisisAssessment? Assess(string text, string language)
    {
        if (text.Length > MaxLength)
        {
            text = text[..MaxLength];
        }

        var korean = CrisisText.HasHangul(text) ? Find(CrisisText.NormalizeKorean(text), KoreanCrisisRules.Benign, KoreanCrisisRules.Rules, KoreanCrisisRules.Denied) : null;
        return korean ?? Find(CrisisText.NormalizeEnglish(text), EnglishCrisisRules.Benign, EnglishCrisisRules.Rules, EnglishCrisisRules.Denied);
    }

    private static CrisisAssessment? Find(string text, IReadOnlyList<Regex> benign, IReadOnlyList<CrisisRule> rules, Func<string, Match, bool> denied)
    {
        // An idiom is taken out whole, so that "this is killing me" hides and "this is killing me i want to die" does not.
        var read = benign.Aggregate(text, (rest, idiom) => idiom.Replace(rest, CrisisText.Mask));
        CrisisAssessment? worst = null;
        foreach (var rule in rules)
        {
            for (var match = rule.Pattern.Match(read); match.Success; match = match.NextMatch())
            {
                if (rule.Negatable && denied(read, match))
                {
                    continue;
                }

                if (rule.Severity == CrisisSeverities.Crisis)
                {
                    return new CrisisAssessment(rule.Category, rule.Severity, match.Value.Trim());
                }

                worst ??= new CrisisAssessment(rule.Category, rule.Severity, match.Value.Trim());
                break;
            }
        }

        return worst;
    }
}
