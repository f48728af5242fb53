using System.Text.RegularExpressions;

namespace Voice.Core.Summaries;

/// <summary>
/// Cuts a turn into sentences. Recognised speech often has no punctuation: then the turn is one sentence, however long.
/// </summary>
public static partial class SentenceSplitter
{
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        foreach (Match end in Ends().Matches(text))
        {
            var sentence = text[start..(end.Index + end.Length)];
            if (Abbreviation().IsMatch(sentence) && end.Index + end.Length < text.Length)
            {
                continue;
            }

            start = end.Index + end.Length;
            if (Clean(sentence) is { Length: > 0 } clean)
            {
                yield return clean;
            }
        }

        if (Clean(text[start..]) is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    private static string Clean(string sentence) => Spaces().Replace(sentence, " ").Trim();

    /// <summary>A mark ends a sentence only before a space or the end: "3.5", "9.30" and "example.org" stay whole.</summary>
    [GeneratedRegex(@"[.!?…。！？]+[""'»”’)\]]*(?=\s|$)|\n+")]
    private static partial Regex Ends();

    [GeneratedRegex(@"(?:^|\s)(?:dr|mr|mrs|ms|st|no|vs|etc|e\.g|i\.e|a\.m|p\.m|approx|dept|sr|sra|srta|dra|ud|uds|[a-z])\.$", RegexOptions.IgnoreCase)]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
