using System.Text.RegularExpressions;

namespace Voice.Inference.Translation;

/// <summary>Around Apertium: words it gets wrong on the way in, and phrases it makes wrong on the way out.</summary>
internal static class Glossary
{
    // Contractions and idioms that the English analyser does not know.
    private static readonly (Regex Pattern, string Replacement)[] English = Compile(
        (@"\bsore throat\b", "throat pain"),
        (@"\bchest pains?\b", "pain in the chest"),
        (@"\bback pain\b", "pain in the back"),
        (@"\bstomach ?ache\b", "pain in the stomach"),
        (@"\bplease,? call\b", "call"),
        (@"\b(one|two|three|four) times an? day\b", "$1 times to the day"),
        (@"\bi'm\b", "I am"),
        (@"\bdon't\b", "do not"),
        (@"\bdoesn't\b", "does not"),
        (@"\bcan't\b", "cannot"));

    private static readonly (Regex Pattern, string Replacement)[] Spanish = Compile(
        (@"\busted,? (tiene|necesita|puede)\b", "$1 usted"),
        (@"\bseguro m[eé]dico\b", "seguro de salud"));

    private static readonly (Regex Pattern, string Replacement)[] ToSpanish = Compile(
        (@"\brash\b", "sarpullido"),
        (@"\bdolor de cofre\b", "dolor de pecho"),
        (@"\bdolor en el cofre\b", "dolor en el pecho"),
        (@"\b(un|dos|tres|cuatro|una) tiempos? (un|al) d[ií]a\b", "$1 veces al día"),
        (@"\bcon alimentario\b", "con comida"),
        (@"\ben diez\b", "a las diez"),
        (@"\bVuestra\b", "Su"),
        (@"\bVuestro\b", "Su"),
        (@"\bvuestr[oa]\b", "su"),
        (@"\bvuestr[oa]s\b", "sus"));

    private static readonly (Regex Pattern, string Replacement)[] ToEnglish = Compile(
        (@"\bache of throat\b", "a sore throat"),
        (@"\bache in the breast\b", "pain in the chest"),
        (@"\bache of head\b", "a headache"),
        (@"\bache of stomach\b", "a stomach ache"),
        (@"\bthrice to the day\b", "three times a day"),
        (@"\bto the day\b", "a day"),
        (@"\bsure doctor\b", "health insurance"));

    public static string Prepare(string text, string source) => Apply(text, source == "en" ? English : Spanish);

    public static string Correct(string text, string target) => Apply(text, target == "es" ? ToSpanish : ToEnglish);

    private static string Apply(string text, (Regex Pattern, string Replacement)[] rules)
    {
        foreach (var (pattern, replacement) in rules)
        {
            text = pattern.Replace(text, replacement);
        }

        return text;
    }

    private static (Regex Pattern, string Replacement)[] Compile(params (string Pattern, string Replacement)[] rules) =>
        [.. rules.Select(rule => (new Regex(rule.Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), rule.Replacement))];
}
