using System.Text.RegularExpressions;

namespace Voice.Core.Text;

/// <summary>Written text as it is read aloud: no markup, no addresses, signs as words.</summary>
internal static partial class SpeechText
{
    public static string Clean(string text, string language)
    {
        var spoken = Links().Replace(text, "$1");
        spoken = Urls().Replace(spoken, match => match.Groups[1].Value);
        spoken = LineMarks().Replace(spoken, string.Empty);
        spoken = Emphasis().Replace(spoken, string.Empty);
        spoken = Unspeakable().Replace(spoken, " ");
        spoken = language.Split('-')[0] switch
        {
            "es" => Signs(spoken, " y ", " por ciento", " arroba ", "dólares", "euros", "grados"),
            "ko" => Signs(spoken, " 그리고 ", " 퍼센트", " 골뱅이 ", "달러", "유로", "도"),
            _ => English(Signs(spoken, " and ", " percent", " at ", "dollars", "euros", "degrees")),
        };
        return Spaces().Replace(spoken, " ").Trim();
    }

    private static string Signs(string text, string and, string percent, string at, string dollars, string euros, string degrees)
    {
        text = Dollars().Replace(text, "$1 " + dollars);
        text = Euros().Replace(text, match => (match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value) + " " + euros);
        return text.Replace("&", and, StringComparison.Ordinal).Replace("%", percent, StringComparison.Ordinal)
            .Replace("@", at, StringComparison.Ordinal).Replace("°", " " + degrees + " ", StringComparison.Ordinal);
    }

    private static string English(string text) => Shortened().Replace(text, match => match.Value.ToLowerInvariant() switch
    {
        "dr." => "Doctor",
        "mr." => "Mister",
        "mrs." => "Missus",
        "e.g." => "for example",
        "i.e." => "that is",
        "etc." => "and so on",
        "approx." => "approximately",
        "a.m." => "A M",
        "p.m." => "P M",
        _ => "versus",
    });

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"https?://(?:www\.)?([^\s/)]+)[^\s)]*")]
    private static partial Regex Urls();

    [GeneratedRegex(@"^\s*(?:#{1,6}\s+|[-*+•]\s+|\d{1,2}[.)]\s+|>\s*|```\w*)", RegexOptions.Multiline)]
    private static partial Regex LineMarks();

    [GeneratedRegex(@"\*{1,3}|_{2,3}|`{1,3}|~~|(?<=\s|^)_(?=\w)|(?<=\w)_(?=\s|$|[.,;!?])")]
    private static partial Regex Emphasis();

    // Emoji and other symbols that an engine would spell out or stumble over.
    [GeneratedRegex(@"[\p{So}\p{Cs}\p{Cc}\p{Co}|<>{}\\^~=#*\u200d\ufe0f-[\n°]]")]
    private static partial Regex Unspeakable();

    [GeneratedRegex(@"\$\s?(\d[\d,]*(?:\.\d+)?)")]
    private static partial Regex Dollars();

    [GeneratedRegex(@"€\s?(\d[\d,.]*\d|\d)|(\d[\d,.]*)\s?€")]
    private static partial Regex Euros();

    [GeneratedRegex(@"\b(?:dr|mrs?|e\.g|i\.e|etc|approx|[ap]\.m|vs)\.", RegexOptions.IgnoreCase)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
