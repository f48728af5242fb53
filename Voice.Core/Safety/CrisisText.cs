using System.Text;
using System.Text.RegularExpressions;

namespace Voice.Core.Safety;

/// <summary>Text as the rules expect it: one spelling for what speech recognisers, children and evaders write in many.</summary>
internal static partial class CrisisText
{
    /// <summary>Stands where an idiom was; no rule matches across it.</summary>
    public const string Mask = " # ";

    public static bool HasHangul(string text) => text.AsSpan().ContainsAnyInRange('가', '힣') || text.AsSpan().ContainsAnyInRange('ㄱ', 'ㆎ');

    /// <summary>Lower case, apostrophes gone ("im", "dont"), sentence ends as " . ", everything else words between single spaces.</summary>
    public static string NormalizeEnglish(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var builder = new StringBuilder(folded.Length + 2).Append(' ');
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            if (char.IsAsciiLetter(c))
            {
                // Two of a letter at most, then none: "killlll" is "kill".
                if (builder.Length < 2 || builder[^1] != c || builder[^2] != c)
                {
                    builder.Append(c);
                }
            }
            else if (Leet(c) is { } letter && i > 0 && i + 1 < folded.Length && char.IsAsciiLetter(folded[i - 1]) && char.IsAsciiLetter(folded[i + 1]))
            {
                builder.Append(letter);
            }
            else if (char.IsLetterOrDigit(c))
            {
                builder.Append(c);
            }
            else if (c is '.' or '?' or '!' or ';' or '\n')
            {
                builder.Append(" . ");
            }
            else if (c is not ('\'' or '\u2019' or '\u2018' or '`' or '\u200b' or '\u200c' or '\u200d' or '\u00ad' or '*'))
            {
                builder.Append(' ');
            }
        }

        var words = Spaces().Replace(builder.Append(' ').ToString(), " ");
        return SpokenForms().Replace(words, match => match.Groups["want"].Success ? "want to"
            : match.Groups["going"].Success ? "going to"
            : match.Groups["myself"].Success ? "kill myself"
            : match.Groups["yourself"].Success ? "kill yourself"
            : match.Groups["unalive"].Success ? "kill"
            : match.Groups["suicide"].Success ? "suicide"
            : match.Groups["suicidal"].Success ? "suicidal"
            : match.Groups["have"].Success ? "have to"
            : "myself");
    }

    /// <summary>Without spaces: Korean spacing is what recognisers and people agree on least.</summary>
    public static string NormalizeKorean(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(c))
            {
                builder.Append(char.ToLowerInvariant(c));
            }
            else if (c is '.' or '?' or '!' or '\n')
            {
                builder.Append('.');
            }
        }

        return builder.ToString();
    }

    private static char? Leet(char c) => c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '!' => 'i', '$' => 's', '@' => 'a', _ => null };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // What is heard, and what is typed to slip through: "wanna", "kms", "un alive", "sue a side", "my self".
    [GeneratedRegex(
        @"(?<= )(?:(?<want>wanna|want a(?= (?:die|kill|end|disappear)\b))|(?<going>gonna|gunna|going a)|(?<have>gotta|hafta)|(?<myself>kms|k m s)|(?<yourself>kys|k y s)|(?<unalive>unalive|un alive)|(?<suicide>su+icide|sewer?cide|suiside|sucide|suicid|sui cide|sue a side|sewer side|sooicide)|(?<suicidal>suicidle|suicidial|sui cidal|suisidal|sucidal)|my self|myslef|meself)(?= )")]
    private static partial Regex SpokenForms();
}
