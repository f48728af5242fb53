using System.Globalization;
using System.Text.RegularExpressions;

namespace Voice.Core.Text.Speaking;

/// <summary>Everything with digits in it, from what can only be one thing to what is left. After this no digit remains.</summary>
internal static partial class WrittenNumbers
{
    /// <summary>"2026 at", "2026 is": a word this short is not what is counted, so that the number may be a year.</summary>
    private const int Particle = 3;

    public static string Read(string text, SpokenLanguage language)
    {
        text = Products().Replace(text, $" {language.Signs.Times} ");
        text = Dates(text, language);
        text = Phones().Replace(text, match => string.Join(", ", Groups().Matches(match.Value).Select(group => language.Digits(group.Value))) is var said && match.Value[0] == '+' ? $"{language.Signs.Plus} {said}" : said);
        text = language.Own(text);
        text = MoneyBefore().Replace(text, match => Money(match, language));
        text = MoneyAfter().Replace(text, match => Money(match, language));
        text = Times(text, language);
        text = UnitRange().Replace(text, match => language.Range(language.Number(match.Groups[1].Value), Unit(match.Groups[2].Value, match.Groups[3].Value, language)));
        text = Units().Replace(text, match => Unit(match.Groups[1].Value, match.Groups[2].Value, language));
        text = EnglishOrdinals().Replace(text, match => Ordinal(match, language));
        text = Slashed().Replace(text, match => Slash(match, language));
        text = Ranges().Replace(text, match => language.Range(Plain(match.Groups[1].Value, language), Plain(match.Groups[2].Value, language)));
        text = Versions().Replace(text, match => Version(match.Value, language));
        text = NumberSigns().Replace(text, $"{language.Signs.NumberSign} ");
        text = Multiples().Replace(text, match => $"{language.Number(match.Groups[1].Value)} {language.Signs.Times}");
        text = Numbers().Replace(text, match => Counted(match, language));
        return Rest().Replace(text, match => $" {Plain(match.Value, language)} ");
    }

    private static string Dates(string text, SpokenLanguage language)
    {
        text = IsoDates().Replace(text, match => Date(match, match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, language));
        text = BareDates().Replace(text, match =>
        {
            var (first, second) = (Int(match.Groups[1].Value), Int(match.Groups[2].Value));
            var (month, day) = language.DayFirst ? (second, first) : (first, second);
            return month is >= 1 and <= 12 && day is >= 1 and <= 31 ? language.Date(null, month, day) : match.Value;
        });
        return NumericDates().Replace(text, match =>
        {
            var (first, second) = (match.Groups[1].Value, match.Groups[3].Value);
            var dayFirst = language.DayFirst ? Int(second) <= 12 : Int(first) > 12;
            return Date(match, match.Groups[4].Value, dayFirst ? second : first, dayFirst ? first : second, language);
        });
    }

    private static string Date(Match match, string year, string month, string day, SpokenLanguage language)
    {
        var whole = year.Length == 2 ? 2_000 + Int(year) : Int(year);
        return Int(month) is >= 1 and <= 12 && Int(day) >= 1 && Int(day) <= DateTime.DaysInMonth(Math.Max(whole, 1), Int(month)) ? language.Date(whole, Int(month), Int(day)) : match.Value;
    }

    private static string Money(Match match, SpokenLanguage language)
    {
        var currency = match.Groups["sign"].Value switch { "USD" or "US$" => "$", "EUR" => "€", "GBP" => "£", "KRW" => "₩", "JPY" => "¥", "MX$" => "MXN", var sign => sign };
        var amount = NumberText.Parse(match.Groups["minus"].Value + match.Groups["amount"].Value, language.DotThousands);
        var scale = match.Groups["scale"].Value.ToLowerInvariant();
        var cents = scale.Length == 0 && amount.Fraction is { Length: 2 } fraction ? Int(fraction) : (int?)null;
        return language.Money(currency, amount, Scale(scale, language), cents);
    }

    private static string? Scale(string scale, SpokenLanguage language) => (scale, language) switch
    {
        ("", _) => null,
        ("k", SpanishSpeech) => "mil",
        ("k", KoreanSpeech) => "천",
        ("k", _) => "thousand",
        ("m" or "million", SpanishSpeech) => "millones",
        ("m" or "million", KoreanSpeech) => "백만",
        ("m", _) => "million",
        ("b" or "bn" or "billion", KoreanSpeech) => "십억",
        ("b" or "bn", _) => "billion",
        _ => scale,
    };

    private static string Times(string text, SpokenLanguage language)
    {
        text = TimeRanges().Replace(text, match => language.Range(Time(match, "", language), Time(match, "2", language)));
        return SingleTimes().Replace(text, match => Time(match, "", language));
    }

    private static string Time(Match match, string which, SpokenLanguage language)
    {
        var hour = Int(match.Groups["hour" + which].Value);
        var minute = match.Groups["minute" + which] is { Length: > 0 } minutes ? Int(minutes.Value) : 0;
        var half = match.Groups["half" + which] is { Length: > 0 } meridiem ? char.ToLowerInvariant(meridiem.ValueSpan[0]) : (char?)null;
        return language.Time(hour, minute, half);
    }

    private static string Unit(string number, string unit, SpokenLanguage language)
    {
        var name = unit.Replace(" ", string.Empty, StringComparison.Ordinal).Replace('º', '°').Replace("℃", "°c", StringComparison.Ordinal).Replace("℉", "°f", StringComparison.Ordinal)
            .Replace('²', '2').Replace('³', '3').Replace('µ', 'μ').ToLowerInvariant();
        var key = name switch { "lbs" => "lb", "kph" => "km/h", "hr" or "hrs" => "h", "mins" => "min", "sec" or "secs" => "s", "μg" => "mcg", _ => name };
        return language.Unit(key, NumberText.Parse(number, language.DotThousands)) ?? $"{language.Number(number)} {unit}";
    }

    private static string Ordinal(Match match, SpokenLanguage language) => language.Ordinal(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), feminine: false);

    private static string Slash(Match match, SpokenLanguage language)
    {
        var (upper, lower) = (Int(match.Groups[1].Value), Int(match.Groups[2].Value));
        return language.Fraction(upper, lower) ?? language.Over(language.Cardinal(upper), language.Cardinal(lower));
    }

    private static string Version(string version, SpokenLanguage language)
    {
        var parts = version.Split('.');
        return language.DotThousands && parts.Skip(1).All(part => part.Length == 3)
            ? language.Number(version)
            : string.Join($" {language.Signs.Dot} ", parts.Select(part => Plain(part, language)));
    }

    private static string Counted(Match match, SpokenLanguage language)
    {
        var number = match.Groups[1].Value;
        var agreement = language.AgreementWith(match.Groups[2].ValueSpan);
        var said = match.Groups[2].Length <= Particle ? Plain(number, language, agreement) : language.Number(number, agreement);
        return match.Groups[2].Length == 0 ? said : $"{said} {match.Groups[2].Value}";
    }

    private static string Plain(string number, SpokenLanguage language, Agreement agreement = Agreement.None) =>
        number.Length == 4 && number.All(char.IsAsciiDigit) && number[0] != '0' ? language.YearOrNumber(Int(number)) : language.Number(number, agreement);

    private static int Int(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private const string Amount = @"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?";
    private const string Signed = @"(?:(?<![\w)\].,])[-−]\s?)?(?:" + Amount + ")";
    private const string Sign = @"(?<sign>US\$|MX\$|[$€£¥₩]|\b(?:USD|EUR|GBP|KRW|JPY|MXN)\b)";
    private const string Half = @"(?:\s?(?<half>[aApP])\.?\s?[mM]\b\.?)";
    private const string UnitNames =
        "km/h|kph|mph|mg/d[lL]|mg/kg|mmHg|m/s|kcal|kWh|kW|mcg|[µμ]g|mg|kg|lbs?|oz|km[²2]|km|cm|mm|ms|min(?:s?)|m[²2³3]|mi|m[lL]|m|g|ft|c[lL]|d[lL]|[lL]|[°º] ?[CF]|℃|℉|°|hrs?|h|secs?|s|[kK]B|MB|GB|TB|kHz|MHz|GHz|Hz|bpm|W|V|%";

    [GeneratedRegex(@"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")]
    private static partial Regex IsoDates();

    // Only after a word that dates stand behind: 6/5 alone may be a fraction or a score.
    [GeneratedRegex(@"(?<=\b(?:on|by|since|until|before|el|del|al|desde|hasta) )(\d{1,2})/(\d{1,2})(?![\d/])", RegexOptions.IgnoreCase)]
    private static partial Regex BareDates();

    [GeneratedRegex(@"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])(?!\.\d)")]
    private static partial Regex NumericDates();

    // +1 (555) 123-4567 · 555-123-4567 · 555-0199 · 02-1234-5678 · 912 345 678 · 4111 1111 1111 1111 · 0045 · 5550142
    [GeneratedRegex(@"\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){1,4}(?!\d)|\(\d{2,4}\) ?\d{3,4}[ .-]\d{3,4}(?!\d)|(?<![\d.,-])\d{2,4}(?:-\d{2,4}){2,3}(?![\d-])|(?<![\d.,-])\d{3}-\d{4}(?![\d-])|(?<![\d.,-])\d+(?:-\d+){3,}(?![\d-])|(?<![\d.,])\d{3}\.\d{3}\.\d{4}(?!\d)|(?<!\d)[6789]\d{2} \d{3} \d{3}(?!\d)|(?<!\d)\d{4}(?: \d{4}){2,3}(?!\d)|(?<![\d.,:])(?:\d{7,}|0\d+)(?![\d:]|[.,]\d)")]
    private static partial Regex Phones();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Groups();

    [GeneratedRegex("(?<minus>(?<![\\w)])[-−])?" + Sign + @"\s?(?<amount>" + Amount + @")(?:\s?(?<scale>million|billion|trillion|[kKmMbB]n?)\b)?")]
    private static partial Regex MoneyBefore();

    [GeneratedRegex("(?<minus>(?<![\\w)])[-−])?(?<![\\d.,])(?<amount>" + Amount + @")\s?" + Sign)]
    private static partial Regex MoneyAfter();

    [GeneratedRegex(@"(?<![\d:.,/-])(?<hour>[01]?\d|2[0-4])(?::(?<minute>[0-5]\d))?" + Half + @"?\s?[-–—~]\s?(?<hour2>[01]?\d|2[0-4])(?:(?::(?<minute2>[0-5]\d))(?:\s?(?<half2>[aApP])\.?\s?[mM]\b\.?)?|\s?(?<half2>[aApP])\.?\s?[mM]\b\.?)(?![\d:])")]
    private static partial Regex TimeRanges();

    [GeneratedRegex(@"(?<![\d:.,/-])(?<hour>[01]?\d|2[0-4])(?::(?<minute>[0-5]\d)(?::[0-5]\d)?" + Half + "?|" + @"\s?(?<half>[aApP])\.?\s?[mM]\b\.?)(?![\d:])")]
    private static partial Regex SingleTimes();

    [GeneratedRegex(@"(?<![\w.,])(" + Amount + @")\s?[-–—]\s?(" + Amount + @")\s?(" + UnitNames + @")(?![\p{L}\d])")]
    private static partial Regex UnitRange();

    [GeneratedRegex("(?<![A-Za-z0-9])(" + Signed + @")\s?(" + UnitNames + @")(?![A-Za-z\d/])")]
    private static partial Regex Units();

    [GeneratedRegex(@"(?<![\d.,])(\d{1,6})(?:st|nd|rd|th)\b")]
    private static partial Regex EnglishOrdinals();

    [GeneratedRegex(@"(?<![\d/.,])(\d{1,3})/(\d{1,3})(?![\d/])")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"(?<![\w.,-])(" + Amount + @")\s?[-–—]\s?(" + Amount + @")(?![\w-])")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"(?<![\w.])\d{1,4}(?:\.\d{1,4}){2,}(?![\w])")]
    private static partial Regex Versions();

    [GeneratedRegex(@"(?<=\d)\s?[*×]\s?(?=\d)")]
    private static partial Regex Products();

    [GeneratedRegex(@"#(?=\d)")]
    private static partial Regex NumberSigns();

    [GeneratedRegex(@"(?<![\w.,])(\d+)x\b")]
    private static partial Regex Multiples();

    // With the word that is counted, where one follows.
    [GeneratedRegex("(?<![A-Za-z0-9])(" + Signed + @")(?:[ \u00a0](\p{Ll}+))?(?![A-Za-z0-9])")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\d+(?:[.,]\d+)?")]
    private static partial Regex Rest();
}
