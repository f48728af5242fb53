using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Voice.Core.Text;

/// <summary>Words as one hears them: lower case, no punctuation, no apostrophes, no accents but that of ñ.</summary>
internal static class SpokenWords
{
    public static string[] Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(Plain(char.ToLowerInvariant(c)));
            }
            else if (c is not ('\'' or '’' or '´') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether the second text is the first with more words.</summary>
    public static bool GoesOn(string before, string after)
    {
        var (few, many) = (Of(before), Of(after));
        return few.Length > 0 && many.Length > few.Length && many.AsSpan().StartsWith(few);
    }

    public static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Entries separated by commas.</summary>
    public static FrozenSet<string> Phrases(string phrases) =>
        phrases.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);

    private static char Plain(char c) => c switch
    {
        'á' or 'à' or 'â' => 'a',
        'é' or 'è' or 'ê' => 'e',
        'í' or 'ì' => 'i',
        'ó' or 'ò' or 'ô' => 'o',
        'ú' or 'ù' or 'ü' => 'u',
        _ => c,
    };
}
