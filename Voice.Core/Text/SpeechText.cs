using System.Buffers;
using System.Text.RegularExpressions;
using Voice.Core.Text.Speaking;

namespace Voice.Core.Text;

/// <summary>
/// Written text as it is read aloud in English, Spanish or Korean: no markup, numbers, dates, money and measures in words, addresses by the
/// sign. Only what is spoken changes; the transcript keeps what was written. A clause at a time: nothing is remembered.
/// </summary>
internal static partial class SpeechText
{
    // Text without any of these is said as it is written.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZáéíóúüñÁÉÍÓÚÜÑ ,?!'’¿¡");

    public static string Clean(string text, string language)
    {
        if (!text.AsSpan().TrimEnd('.').ContainsAnyExcept(Plain) && !HasCapitals(text))
        {
            return text.Trim();
        }

        var spoken = SpokenLanguage.For(language);
        text = Markup.Remove(text);
        text = SpokenAddresses.Read(text, spoken.Signs);
        text = Halves(text);
        if (text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            text = WrittenNumbers.Read(text, spoken);
        }

        text = Acronyms.Expand(text, spoken.Abbreviations);
        text = Signs(text, spoken.Signs);
        text = text.Contains('/', StringComparison.Ordinal) ? Slashes().Replace(Rates().Replace(text, $" {spoken.Signs.Per} "), " ") : text;
        return Spaces().Replace(Gaps().Replace(Markup.RemoveSigns(text), "$1"), " ").Trim();
    }

    private static bool HasCapitals(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterUpper(text[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Halves(string text) =>
        text.AsSpan().IndexOfAny("½¼¾⅓⅔") < 0 ? text : text.Replace("½", " 1/2", StringComparison.Ordinal).Replace("¼", " 1/4", StringComparison.Ordinal)
            .Replace("¾", " 3/4", StringComparison.Ordinal).Replace("⅓", " 1/3", StringComparison.Ordinal).Replace("⅔", " 2/3", StringComparison.Ordinal);

    private static string Signs(string text, SpokenSigns signs) => text.AsSpan().IndexOfAny("&@%+=") < 0 ? text : text
        .Replace("&", $" {signs.And} ", StringComparison.Ordinal).Replace("@", $" {signs.At} ", StringComparison.Ordinal)
        .Replace("%", $" {signs.Percent}", StringComparison.Ordinal).Replace("+", $" {signs.Plus} ", StringComparison.Ordinal)
        .Replace(" = ", $" {signs.EqualTo} ", StringComparison.Ordinal);

    // 8 a day, written 8/day.
    [GeneratedRegex(@"/(?=(?:day|night|week|month|year|hour|person|día|noche|semana|mes|año|hora|persona)\b)")]
    private static partial Regex Rates();

    // and/or
    [GeneratedRegex(@"(?<=\p{L})/(?=\p{L})")]
    private static partial Regex Slashes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // "nine , ten": words that were put in leave a gap before the stop that followed the sign.
    [GeneratedRegex(@"[ \u00a0]+([,.;:!?](?=\s|$))")]
    private static partial Regex Gaps();
}
