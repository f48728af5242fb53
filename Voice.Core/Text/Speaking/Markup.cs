using System.Text.RegularExpressions;

namespace Voice.Core.Text.Speaking;

/// <summary>Takes away what is there for the eye: markdown, HTML, tables, emoji.</summary>
internal static partial class Markup
{
    public static string Remove(string text)
    {
        text = Links().Replace(text, "$1");
        text = Tags().Replace(text, " ");
        text = TableRules().Replace(text, " ");
        text = Cells().Replace(text, "$1, $2");
        text = LineMarks().Replace(text, string.Empty);
        return Emphasis().Replace(text, string.Empty);
    }

    /// <summary>After everything that has a name was named.</summary>
    public static string RemoveSigns(string text) => Unspeakable().Replace(text, " ");

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"</?[a-zA-Z][^<>]{0,80}>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?|^\s*\||\|\s*$", RegexOptions.Multiline)]
    private static partial Regex TableRules();

    [GeneratedRegex(@"(\w)\s*\|\s*(\w)")]
    private static partial Regex Cells();

    [GeneratedRegex(@"^\s*(?:#{1,6}\s+|[-*+•]\s+|\d{1,2}[.)]\s+|>\s*|```\w*)", RegexOptions.Multiline)]
    private static partial Regex LineMarks();

    [GeneratedRegex(@"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|_{2,3}|`{1,3}|~~|(?<=\s|^)_(?=\w)|(?<=\w)_(?=\s|$|[.,;!?])")]
    private static partial Regex Emphasis();

    // Emoji and other symbols that an engine would spell out or stumble over.
    [GeneratedRegex(@"[\p{So}\p{Sc}\p{Cs}\p{Cc}\p{Co}|<>{}\\^~=#*\u200d\ufe0f]")]
    private static partial Regex Unspeakable();
}
