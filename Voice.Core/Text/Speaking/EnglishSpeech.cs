using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Voice.Core.Text.Speaking;

internal sealed partial class EnglishSpeech(bool dayFirst) : SpokenLanguage
{
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly FrozenDictionary<string, (string One, string Many)> Units = new Dictionary<string, (string, string)>
    {
        ["kg"] = ("kilogram", "kilograms"), ["g"] = ("gram", "grams"), ["mg"] = ("milligram", "milligrams"), ["mcg"] = ("microgram", "micrograms"),
        ["lb"] = ("pound", "pounds"), ["oz"] = ("ounce", "ounces"), ["km"] = ("kilometer", "kilometers"), ["m"] = ("meter", "meters"),
        ["cm"] = ("centimeter", "centimeters"), ["mm"] = ("millimeter", "millimeters"), ["mi"] = ("mile", "miles"), ["ft"] = ("foot", "feet"),
        ["km/h"] = ("kilometer per hour", "kilometers per hour"), ["mph"] = ("mile per hour", "miles per hour"), ["m/s"] = ("meter per second", "meters per second"),
        ["m2"] = ("square meter", "square meters"), ["km2"] = ("square kilometer", "square kilometers"), ["m3"] = ("cubic meter", "cubic meters"),
        ["l"] = ("liter", "liters"), ["ml"] = ("milliliter", "milliliters"), ["cl"] = ("centiliter", "centiliters"), ["dl"] = ("deciliter", "deciliters"),
        ["mg/dl"] = ("milligram per deciliter", "milligrams per deciliter"), ["mg/kg"] = ("milligram per kilogram", "milligrams per kilogram"),
        ["mmhg"] = ("millimeter of mercury", "millimeters of mercury"), ["kcal"] = ("kilocalorie", "kilocalories"), ["bpm"] = ("beat per minute", "beats per minute"),
        ["°c"] = ("degree Celsius", "degrees Celsius"), ["°f"] = ("degree Fahrenheit", "degrees Fahrenheit"), ["°"] = ("degree", "degrees"),
        ["h"] = ("hour", "hours"), ["min"] = ("minute", "minutes"), ["s"] = ("second", "seconds"), ["ms"] = ("millisecond", "milliseconds"),
        ["kb"] = ("kilobyte", "kilobytes"), ["mb"] = ("megabyte", "megabytes"), ["gb"] = ("gigabyte", "gigabytes"), ["tb"] = ("terabyte", "terabytes"),
        ["hz"] = ("hertz", "hertz"), ["khz"] = ("kilohertz", "kilohertz"), ["mhz"] = ("megahertz", "megahertz"), ["ghz"] = ("gigahertz", "gigahertz"),
        ["w"] = ("watt", "watts"), ["kw"] = ("kilowatt", "kilowatts"), ["kwh"] = ("kilowatt hour", "kilowatt hours"), ["v"] = ("volt", "volts"), ["%"] = ("percent", "percent"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string One, string Many, string Cent, string Cents)> Currencies = new Dictionary<string, (string, string, string, string)>
    {
        ["$"] = ("dollar", "dollars", "cent", "cents"), ["€"] = ("euro", "euros", "cent", "cents"), ["£"] = ("pound", "pounds", "penny", "pence"),
        ["¥"] = ("yen", "yen", "sen", "sen"), ["₩"] = ("won", "won", "jeon", "jeon"), ["MXN"] = ("peso", "pesos", "centavo", "centavos"),
    }.ToFrozenDictionary();

    public override bool DayFirst => dayFirst;

    public override bool DotThousands => false;

    public override FrozenDictionary<string, string> Abbreviations { get; } = new Dictionary<string, string>
    {
        ["dr."] = "Doctor", ["mr."] = "Mister", ["mrs."] = "Missus", ["ms."] = "Miss", ["prof."] = "Professor", ["st."] = "Street", ["ave."] = "Avenue",
        ["rd."] = "Road", ["blvd."] = "Boulevard", ["apt."] = "apartment", ["dept."] = "department", ["e.g."] = "for example", ["i.e."] = "that is",
        ["etc."] = "and so on", ["approx."] = "approximately", ["vs."] = "versus", ["a.m."] = "A M", ["p.m."] = "P M", ["no."] = "number", ["jr."] = "Junior",
        ["sr."] = "Senior", ["inc."] = "Incorporated", ["tel."] = "telephone", ["min."] = "minutes", ["max."] = "maximum",
    }.ToFrozenDictionary();

    public override SpokenSigns Signs { get; } = new("at", "dot", "slash", "dash", "underscore", "and", "plus", "equals", "minus", "percent", "number", "times", "per");

    public override string Cardinal(long n, Agreement agreement = Agreement.None) => EnglishNumbers.Cardinal(n);

    public override string Digit(int digit) => EnglishNumbers.Cardinal(digit);

    public override string Decimal(string whole, string fraction) => $"{Number(new NumberText(false, whole, null))} point {Digits(fraction)}";

    public override string Ordinal(long n, bool feminine) => EnglishNumbers.Ordinal(n);

    public override string Year(long n) => EnglishNumbers.Year(n);

    public override string YearOrNumber(long n) => n is >= 1_900 and <= 2_099 ? EnglishNumbers.Year(n) : EnglishNumbers.Cardinal(n);

    public override string Date(int? year, int month, int day)
    {
        var date = $"{Months[month - 1]} {EnglishNumbers.Ordinal(day)}";
        return year is { } known ? $"{date}, {EnglishNumbers.Year(known)}" : date;
    }

    public override string Time(int hour, int minute, char? meridiem)
    {
        // 14:30 is two thirty P M; 9:30 says nothing of the half of the day.
        var half = meridiem ?? (hour is 0 ? 'a' : hour > 12 ? 'p' : null);
        var said = EnglishNumbers.Cardinal(hour % 12 == 0 ? 12 : hour % 12);
        var minutes = minute switch { 0 => half is null ? " o'clock" : string.Empty, < 10 => $" oh {EnglishNumbers.Cardinal(minute)}", _ => $" {EnglishNumbers.Cardinal(minute)}" };
        return said + minutes + half switch { 'a' => " A M", 'p' => " P M", _ => string.Empty };
    }

    public override string Money(string currency, NumberText amount, string? scale, int? cents)
    {
        var (one, many, cent, manyCents) = Currencies[currency];
        if (scale is not null)
        {
            return $"{Number(amount)} {scale} {many}";
        }

        var whole = new NumberText(amount.Negative, amount.Whole, cents is null ? amount.Fraction : null);
        var spoken = $"{Number(whole)} {(whole.IsOne ? one : many)}";
        return cents is > 0 and { } some ? $"{spoken} and {EnglishNumbers.Cardinal(some)} {(some == 1 ? cent : manyCents)}" : spoken;
    }

    public override string? Unit(string unit, NumberText number) => Units.TryGetValue(unit, out var names) ? $"{Number(number)} {(number.IsOne ? names.One : names.Many)}" : null;

    public override string Range(string from, string to) => $"{from} to {to}";

    public override string Over(string upper, string lower) => $"{upper} over {lower}";

    public override string? Fraction(long upper, long lower) => (upper, lower) switch
    {
        (1, 2) => "one half",
        (24, 7) => "twenty four seven",
        (_, 2) => null,
        (1, 4) => "one quarter",
        (3, 4) => "three quarters",
        ( >= 1 and < 10, >= 3 and <= 10) when upper < lower => $"{Cardinal(upper)} {EnglishNumbers.Ordinal(lower)}{(upper == 1 ? string.Empty : "s")}",
        _ => null,
    };

    // June 5th, 2026 · 5 June 2026 · the 1990s
    public override string Own(string text)
    {
        text = MonthFirst().Replace(text, match => Named(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));
        text = DayFirstNamed().Replace(text, match => Named(match.Groups[2].Value, match.Groups[1].Value, match.Groups[3].Value));
        return Decades().Replace(text, match => EnglishNumbers.Decade(int.Parse(match.Groups[1].Value)));
    }

    private static string Named(string month, string day, string year)
    {
        var said = $"{month} {EnglishNumbers.Ordinal(int.Parse(day))}";
        return year.Length == 0 ? said : $"{said}, {EnglishNumbers.Year(int.Parse(year))}";
    }

    private const string MonthNames = "January|February|March|April|May|June|July|August|September|October|November|December";

    [GeneratedRegex(@"\b(" + MonthNames + @") (\d{1,2})(?:st|nd|rd|th)?\b(?!:|\s?[ap]\.?m)(?:,? (\d{4})\b)?")]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?(" + MonthNames + @")\b(?:,? (\d{4})\b)?")]
    private static partial Regex DayFirstNamed();

    [GeneratedRegex(@"\b((?:1[1-9]|20)\d0)['’]?s\b")]
    private static partial Regex Decades();
}
