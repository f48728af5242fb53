using System.Text.RegularExpressions;

namespace Voice.Core.Text.Speaking;

/// <summary>E-mail addresses and web addresses, said so that they can be written down.</summary>
internal static partial class SpokenAddresses
{
    private const int ShortPath = 24;

    public static string Read(string text, SpokenSigns signs)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            text = Emails().Replace(text, match => $" {Spell(match.Groups[1].Value, signs)} {signs.At} {Spell(match.Groups[2].Value, signs)} ");
        }

        return text.Contains('.', StringComparison.Ordinal)
            ? Webs().Replace(text, match => $" {Spell(match.Groups[1].Value, signs)}{Path(match.Groups[2].Value, signs)}")
            : text;
    }

    private static string Spell(string address, SpokenSigns signs) => address
        .Replace(".", $" {signs.Dot} ", StringComparison.Ordinal).Replace("-", $" {signs.Dash} ", StringComparison.Ordinal)
        .Replace("_", $" {signs.Underscore} ", StringComparison.Ordinal).Replace("+", $" {signs.Plus} ", StringComparison.Ordinal);

    /// <summary>Said where it is one plain word; nobody follows more by ear.</summary>
    private static string Path(string path, SpokenSigns signs)
    {
        var word = path.Trim('/');
        return word.Length is > 0 and <= ShortPath && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? $" {signs.Slash} {Spell(word, signs)}" : string.Empty;
    }

    [GeneratedRegex(@"([A-Za-z0-9._%+-]+)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")]
    private static partial Regex Emails();

    // With a scheme or www anything is an address; without, only under a usual ending. A stop at its end is the sentence's.
    [GeneratedRegex(@"(?:(?:https?://(?:www\.)?|\bwww\.)|(?<![\w@./-])(?=[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|edu|gov|io|es|mx|kr|eu|info)\b(?!\.\w)))([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?::\d+)?((?:/[^\s?#,;)]*?)?)(?:[?#][^\s,;)]*?)?(?=([.!?,;)]*)(?:\s|$|[,;)]))", RegexOptions.CultureInvariant)]
    private static partial Regex Webs();
}
