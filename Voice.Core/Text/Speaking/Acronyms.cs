using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Voice.Core.Text.Speaking;

/// <summary>Shortened words in full, and capitals that are said letter by letter.</summary>
internal static partial class Acronyms
{
    // Said as letters although they could be said as words.
    private static readonly FrozenSet<string> Spelled = new[]
    {
        "AI", "API", "BMI", "LED", "UV", "ATM", "AC", "CEO", "DIY", "DNA", "ECG", "EKG", "ER", "EU", "FAQ", "FBI", "GPA", "HIV", "ICU", "ID", "IQ", "IT", "IUD", "IV", "MRI", "OTC", "RNA",
        "UK", "UN", "URL", "US", "USA", "USB", "UTI", "VIP",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string Expand(string text, FrozenDictionary<string, string> abbreviations)
    {
        text = text.Contains('.', StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal)
            ? Shortened().Replace(text, match => abbreviations.GetValueOrDefault(match.Value.ToLowerInvariant(), match.Value))
            : text;
        return Capitals().Replace(text, match => IsSpelled(match.Value) && !IsShouting(text) ? string.Join(' ', match.Value.ToCharArray()) : match.Value);
    }

    private static bool IsSpelled(string word) => Spelled.Contains(word) || word.AsSpan().IndexOfAny("AEIOUY") < 0;

    private static bool IsShouting(string text)
    {
        var letters = text.Count(char.IsAsciiLetter);
        return letters > 12 && text.Count(char.IsAsciiLetterUpper) > letters * 0.7;
    }

    // One word with its points: "e.g.", "Dr.", "EE. UU.", "a. m.", "c/".
    [GeneratedRegex(@"(?<![\p{L}\d.])(?:EE\. ?UU\.|[Pp]\. ?ej\.|[aApP]\. ?[mM]\.|c/|(?:\p{L}{1,3}\.){2}|\p{L}{2,6}\.)")]
    private static partial Regex Shortened();

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Z]{2,5}(?![\p{L}\d])")]
    private static partial Regex Capitals();
}
