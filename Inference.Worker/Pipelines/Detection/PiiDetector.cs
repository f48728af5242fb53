using System.Globalization;
using System.Text.RegularExpressions;

namespace Voice.Inference.Pipelines.Detection;

/// <summary>
/// Written identifiers by their form, and by their check digits where they have some: cards (Luhn), IBAN, DNI and NIE, Korean resident
/// numbers. It knows no names and no addresses, and nothing that was spelt out in words.
/// </summary>
internal static partial class PiiDetector
{
    private const string DniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
    private const int DayMonthYear = 3;

    /// <summary>In the order of the text; none overlaps another.</summary>
    public static IReadOnlyList<PiiFinding> Find(string text)
    {
        // What is surest comes first: a card's digits are no phone.
        List<PiiFinding> found = [];
        Add(found, "email", Emails().Matches(text), _ => true);
        Add(found, "iban", Ibans().Matches(text), match => IsIban(match.Value));
        Add(found, "card", Cards().Matches(text), match => IsCard(match.Value));
        Add(found, "national_id", ResidentNumbers().Matches(text), match => IsResidentNumber(match.Value));
        Add(found, "national_id", Dnis().Matches(text), match => IsDni(match.Value));
        Add(found, "ssn", Ssns().Matches(text), match => IsSsn(match));
        Add(found, "date_of_birth", Births().Matches(text), match => IsDate(match.Groups["date"].Value), "date");
        Add(found, "phone", Phones().Matches(text), match => IsPhone(match.Value));
        return [.. found.OrderBy(finding => finding.Start)];
    }

    /// <summary>The text with what was found replaced by its kind: <c>[email]</c>.</summary>
    public static string Redact(string text, IReadOnlyList<PiiFinding> findings)
    {
        var redacted = text;
        foreach (var finding in findings.OrderByDescending(finding => finding.Start))
        {
            redacted = string.Concat(redacted.AsSpan(0, finding.Start), $"[{finding.Kind}]", redacted.AsSpan(finding.Start + finding.Length));
        }

        return redacted;
    }

    private static void Add(List<PiiFinding> found, string kind, MatchCollection matches, Func<Match, bool> holds, string? group = null)
    {
        foreach (var match in matches.Where(holds))
        {
            Capture at = group is null ? match : match.Groups[group];
            if (!found.Exists(other => at.Index < other.Start + other.Length && other.Start < at.Index + at.Length))
            {
                found.Add(new PiiFinding(kind, at.Index, at.Length));
            }
        }
    }

    private static int[] Digits(string text) => [.. text.Where(char.IsAsciiDigit).Select(c => c - '0')];

    private static bool IsCard(string text)
    {
        var digits = Digits(text);
        if (digits.Length is < 13 or > 19 || digits.Distinct().Count() == 1)
        {
            return false;
        }

        var sum = digits.Reverse().Select((digit, index) => index % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2).Sum();
        return sum % 10 == 0;
    }

    private static bool IsIban(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal);
        if (compact.Length is < 15 or > 34)
        {
            return false;
        }

        var remainder = 0;
        foreach (var c in compact[4..] + compact[..4])
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (char.ToUpperInvariant(c) - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }

    /// <summary>Eight digits (X, Y, Z stand for 0, 1, 2 in front) and the letter of their remainder.</summary>
    private static bool IsDni(string text)
    {
        var compact = text.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var number = compact[0] switch { 'X' => "0", 'Y' => "1", 'Z' => "2", var first => $"{first}" } + compact[1..^1];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && DniLetters[value % DniLetters.Length] == compact[^1];
    }

    private static bool IsResidentNumber(string text)
    {
        int[] weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
        var digits = Digits(text);
        var sum = weights.Select((weight, index) => weight * digits[index]).Sum();
        return digits[2] * 10 + digits[3] is >= 1 and <= 12 && digits[4] * 10 + digits[5] is >= 1 and <= 31 && (11 - (sum % 11)) % 10 == digits[12];
    }

    // Numbers that were never given out, https://www.ssa.gov/employer/randomization.html.
    private static bool IsSsn(Match match) =>
        match.Groups["area"].Value is not ("000" or "666") && match.Groups["area"].Value[0] != '9' && match.Groups["group"].Value != "00" && match.Groups["serial"].Value != "0000";

    private static bool IsPhone(string text)
    {
        var digits = Digits(text).Length;
        // Three, two, four is how the United States write a social security number, also one that is none.
        return digits is >= 9 and <= 15 && !IsDate(text) && !Ssns().IsMatch(text);
    }

    private static bool IsDate(string text)
    {
        var parts = Digit().Matches(text).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
        var hasMonth = text.Any(char.IsAsciiLetter);
        return parts.Length == DayMonthYear && (parts[0] is >= 1900 and <= 2100 || parts[2] is >= 1900 and <= 2100 or <= 99) || (hasMonth && parts.Length == 2);
    }

    [GeneratedRegex(@"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex Emails();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Ibans();

    [GeneratedRegex(@"(?<![\d-])[0-9](?:[ -]?[0-9]){12,18}(?![\d-])", RegexOptions.CultureInvariant)]
    private static partial Regex Cards();

    [GeneratedRegex(@"(?<!\d)[0-9]{6}-[1-8][0-9]{6}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex ResidentNumbers();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[XYZxyz0-9][0-9]{7}[- ]?[A-Za-z](?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Dnis();

    [GeneratedRegex(@"(?<![\d-])(?<area>[0-9]{3})[- ](?<group>[0-9]{2})[- ](?<serial>[0-9]{4})(?![\d-])", RegexOptions.CultureInvariant)]
    private static partial Regex Ssns();

    // A date alone may be any; one beside a word for birth is somebody's.
    [GeneratedRegex(
        @"(?:\b(?:d\.?o\.?b\.?|born|birth ?day|date of birth|birth date|nac[ií](?:d[oa])?|fecha de nacimiento|nacimiento)\b|생년월일|생일|출생)[^\d\n]{0,24}?(?<date>(?:[0-9]{1,2}(?:st|nd|rd|th)? (?:of |de )?[A-Za-z]{3,10},? (?:de |del )?[0-9]{4})|(?:[A-Za-z]{3,10} [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4})|(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2})|(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2}))|(?:[0-9]{4}년 ?[0-9]{1,2}월 ?[0-9]{1,2}일))(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Births();

    [GeneratedRegex(@"(?<![\w.+-])\+?(?:\([0-9]{2,4}\)|[0-9]{1,4})(?:[ .-]?(?:\([0-9]{2,4}\)|[0-9]{2,4})){2,5}(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex Phones();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digit();
}
