using System.Globalization;
using System.Text.RegularExpressions;

namespace Voice.Bench.Wer;

/// <summary>
/// Both sides as a person would read them aloud: no case, no punctuation, numbers and titles as words. A recogniser is not blamed for
/// writing "mister" where the label has "Mr.", nor praised for it.
/// </summary>
internal static partial class TranscriptText
{
    private static readonly string[] Ones =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, string> Ordinals = new()
    {
        ["one"] = "first", ["two"] = "second", ["three"] = "third", ["five"] = "fifth", ["eight"] = "eighth", ["nine"] = "ninth", ["twelve"] = "twelfth",
    };

    private static readonly Dictionary<string, string> Spoken = new()
    {
        ["mr"] = "mister", ["mrs"] = "missus", ["dr"] = "doctor", ["st"] = "saint", ["ok"] = "okay", ["&"] = "and", ["%"] = "percent", ["cannot"] = "can not",
        ["can't"] = "can not", ["alright"] = "all right",
    };

    public static IReadOnlyList<string> Words(string text)
    {
        text = text.ToLowerInvariant().Replace('’', '\'').Replace('‘', '\'');
        text = Thousands().Replace(text, "");
        text = Ordinal().Replace(text, m => ToOrdinal(Number(m.Groups[1].Value)) + " ");
        text = Digits().Replace(text, m => " " + Number(m.Value) + " ");
        return [.. Word().Matches(text)
            .Select(m => m.Value.Trim('\''))
            .Where(w => w.Length > 0)
            .SelectMany(w => Spoken.GetValueOrDefault(w, w).Split(' '))];
    }

    private static string Number(string digits)
    {
        // Long rows of digits are telephone numbers and the like: read one by one.
        if (digits.Length > 6 || (digits.Length > 1 && digits[0] == '0'))
        {
            return string.Join(' ', digits.Select(d => Ones[d - '0']));
        }

        var value = int.Parse(digits, CultureInfo.InvariantCulture);
        // 1945 is a year more often than a count.
        return digits.Length == 4 && value is >= 1100 and < 2000 && value % 100 != 0 ? $"{Cardinal(value / 100)} {(value % 100 < 10 ? "oh " : "")}{Cardinal(value % 100)}" : Cardinal(value);
    }

    private static string Cardinal(int value) => value switch
    {
        < 20 => Ones[value],
        < 100 => Tens[value / 10] + (value % 10 == 0 ? "" : " " + Ones[value % 10]),
        < 1_000 => $"{Ones[value / 100]} hundred" + (value % 100 == 0 ? "" : " " + Cardinal(value % 100)),
        _ => $"{Cardinal(value / 1_000)} thousand" + (value % 1_000 == 0 ? "" : " " + Cardinal(value % 1_000)),
    };

    private static string ToOrdinal(string cardinal)
    {
        var at = cardinal.LastIndexOf(' ') + 1;
        var last = cardinal[at..];
        return cardinal[..at] + (Ordinals.GetValueOrDefault(last) ?? (last.EndsWith('y') ? last[..^1] + "ieth" : last + "th"));
    }

    [GeneratedRegex(@"(?<=\d),(?=\d{3}\b)")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\b(\d+)(?:st|nd|rd|th)\b")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"[\p{L}']+|[&%]")]
    private static partial Regex Word();
}
