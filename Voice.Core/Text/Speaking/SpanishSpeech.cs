using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Voice.Core.Text.Speaking;

/// <param name="american">Decimals after a point, and the first of a month is "primero".</param>
internal sealed partial class SpanishSpeech(bool american) : SpokenLanguage
{
    private static readonly string[] Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
    private static readonly string[] MasculineInA = ["día", "días", "problema", "problemas", "programa", "programas", "sistema", "sistemas", "idioma", "idiomas", "mapa", "mapas", "síntoma", "síntomas"];

    private static readonly FrozenDictionary<string, (string One, string Many, bool Feminine)> Units = new Dictionary<string, (string, string, bool)>
    {
        ["kg"] = ("kilo", "kilos", false), ["g"] = ("gramo", "gramos", false), ["mg"] = ("miligramo", "miligramos", false), ["mcg"] = ("microgramo", "microgramos", false),
        ["lb"] = ("libra", "libras", true), ["oz"] = ("onza", "onzas", true), ["km"] = ("kilómetro", "kilómetros", false), ["m"] = ("metro", "metros", false),
        ["cm"] = ("centímetro", "centímetros", false), ["mm"] = ("milímetro", "milímetros", false), ["mi"] = ("milla", "millas", true), ["ft"] = ("pie", "pies", false),
        ["km/h"] = ("kilómetro por hora", "kilómetros por hora", false), ["mph"] = ("milla por hora", "millas por hora", true), ["m/s"] = ("metro por segundo", "metros por segundo", false),
        ["m2"] = ("metro cuadrado", "metros cuadrados", false), ["km2"] = ("kilómetro cuadrado", "kilómetros cuadrados", false), ["m3"] = ("metro cúbico", "metros cúbicos", false),
        ["l"] = ("litro", "litros", false), ["ml"] = ("mililitro", "mililitros", false), ["cl"] = ("centilitro", "centilitros", false), ["dl"] = ("decilitro", "decilitros", false),
        ["mg/dl"] = ("miligramo por decilitro", "miligramos por decilitro", false), ["mg/kg"] = ("miligramo por kilo", "miligramos por kilo", false),
        ["mmhg"] = ("milímetro de mercurio", "milímetros de mercurio", false), ["kcal"] = ("kilocaloría", "kilocalorías", true), ["bpm"] = ("latido por minuto", "latidos por minuto", false),
        ["°c"] = ("grado", "grados", false), ["°f"] = ("grado Fahrenheit", "grados Fahrenheit", false), ["°"] = ("grado", "grados", false),
        ["h"] = ("hora", "horas", true), ["min"] = ("minuto", "minutos", false), ["s"] = ("segundo", "segundos", false), ["ms"] = ("milisegundo", "milisegundos", false),
        ["kb"] = ("kilobyte", "kilobytes", false), ["mb"] = ("mega", "megas", false), ["gb"] = ("giga", "gigas", false), ["tb"] = ("tera", "teras", false),
        ["hz"] = ("hercio", "hercios", false), ["khz"] = ("kilohercio", "kilohercios", false), ["mhz"] = ("megahercio", "megahercios", false), ["ghz"] = ("gigahercio", "gigahercios", false),
        ["w"] = ("vatio", "vatios", false), ["kw"] = ("kilovatio", "kilovatios", false), ["kwh"] = ("kilovatio hora", "kilovatios hora", false), ["v"] = ("voltio", "voltios", false),
        ["%"] = ("por ciento", "por ciento", false),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string One, string Many, bool Feminine, string Cent, string Cents)> Currencies = new Dictionary<string, (string, string, bool, string, string)>
    {
        ["$"] = ("dólar", "dólares", false, "centavo", "centavos"), ["€"] = ("euro", "euros", false, "céntimo", "céntimos"), ["£"] = ("libra", "libras", true, "penique", "peniques"),
        ["¥"] = ("yen", "yenes", false, "sen", "senes"), ["₩"] = ("won", "wones", false, "jeon", "jeones"), ["MXN"] = ("peso", "pesos", false, "centavo", "centavos"),
    }.ToFrozenDictionary();

    public override bool DayFirst => true;

    public override bool DotThousands => !american;

    public override FrozenDictionary<string, string> Abbreviations { get; } = new Dictionary<string, string>
    {
        ["dr."] = "doctor", ["dra."] = "doctora", ["sr."] = "señor", ["sra."] = "señora", ["srta."] = "señorita", ["ud."] = "usted", ["uds."] = "ustedes",
        ["avda."] = "avenida", ["av."] = "avenida", ["c/"] = "calle", ["p. ej."] = "por ejemplo", ["p.ej."] = "por ejemplo", ["etc."] = "etcétera", ["tel."] = "teléfono",
        ["aprox."] = "aproximadamente", ["núm."] = "número", ["pág."] = "página", ["prof."] = "profesor", ["ee. uu."] = "Estados Unidos", ["ee.uu."] = "Estados Unidos",
        ["a.m."] = "de la mañana", ["p.m."] = "de la tarde", ["a. m."] = "de la mañana", ["p. m."] = "de la tarde", ["vs."] = "contra", ["máx."] = "máximo", ["mín."] = "mínimo",
    }.ToFrozenDictionary();

    public override SpokenSigns Signs { get; } = new("arroba", "punto", "barra", "guion", "guion bajo", "y", "más", "igual a", "menos", "por ciento", "número", "por", "por");

    public override string Cardinal(long n, Agreement agreement = Agreement.None) => SpanishNumbers.Cardinal(n, agreement);

    public override string Digit(int digit) => SpanishNumbers.Cardinal(digit);

    public override string Decimal(string whole, string fraction)
    {
        var after = fraction.Length <= 2 && fraction[0] != '0' ? SpanishNumbers.Cardinal(int.Parse(fraction)) : Digits(fraction);
        return $"{Number(new NumberText(false, whole, null))} {(american ? "punto" : "coma")} {after}";
    }

    public override string Ordinal(long n, bool feminine) => SpanishNumbers.Ordinal(n, feminine);

    public override string Year(long n) => SpanishNumbers.Cardinal(n);

    public override string Date(int? year, int month, int day)
    {
        var date = $"{(day == 1 && american ? "primero" : SpanishNumbers.Cardinal(day))} de {Months[month - 1]}";
        return year is { } known ? $"{date} de {SpanishNumbers.Cardinal(known)}" : date;
    }

    public override string Time(int hour, int minute, char? meridiem)
    {
        var said = SpanishNumbers.Cardinal(hour, Agreement.Feminine);
        var minutes = minute switch
        {
            0 => meridiem is null ? " en punto" : string.Empty,
            15 when hour <= 12 => " y cuarto",
            30 when hour <= 12 => " y media",
            _ => $" y {SpanishNumbers.Cardinal(minute)}",
        };
        var half = meridiem switch { 'a' => " de la mañana", 'p' => hour is >= 8 and < 12 ? " de la noche" : " de la tarde", _ => string.Empty };
        return said + minutes + half;
    }

    public override string Money(string currency, NumberText amount, string? scale, int? cents)
    {
        var (one, many, feminine, cent, manyCents) = Currencies[currency];
        if (scale is not null)
        {
            return $"{Number(amount, Agreement.Masculine)} {scale} de {many}";
        }

        var whole = new NumberText(amount.Negative, amount.Whole, cents is null ? amount.Fraction : null);
        // "Un millón de euros".
        var of = whole.Value is >= 1_000_000 and { } value && value % 1_000_000 == 0 ? "de " : string.Empty;
        var spoken = $"{Number(whole, feminine ? Agreement.Feminine : Agreement.Masculine)} {of}{(whole.IsOne ? one : many)}";
        return cents is > 0 and { } some ? $"{spoken} con {SpanishNumbers.Cardinal(some, Agreement.Masculine)} {(some == 1 ? cent : manyCents)}" : spoken;
    }

    public override string? Unit(string unit, NumberText number) => Units.TryGetValue(unit, out var names)
        ? $"{Number(number, unit == "%" ? Agreement.None : names.Feminine ? Agreement.Feminine : Agreement.Masculine)} {(number.IsOne ? names.One : names.Many)}"
        : null;

    public override string Range(string from, string to) => $"{from} a {to}";

    public override string Over(string upper, string lower) => $"{upper} sobre {lower}";

    public override string? Fraction(long upper, long lower) => (upper, lower) switch
    {
        (1, 2) => "un medio",
        (24, 7) => "veinticuatro siete",
        (1, 3) => "un tercio",
        (2, 3) => "dos tercios",
        ( >= 1 and < 10, >= 4 and <= 10) when upper < lower => $"{Cardinal(upper, Agreement.Masculine)} {SpanishNumbers.Ordinal(lower, false)}{(upper == 1 ? string.Empty : "s")}",
        _ => null,
    };

    public override Agreement AgreementWith(ReadOnlySpan<char> next)
    {
        if (next.IsEmpty)
        {
            return Agreement.None;
        }

        var word = next.ToString();
        var feminine = (word.EndsWith('a') || word.EndsWith("as", StringComparison.Ordinal) || word.EndsWith("ción", StringComparison.Ordinal)
            || word.EndsWith("ciones", StringComparison.Ordinal) || word.EndsWith("dad", StringComparison.Ordinal) || word.EndsWith("dades", StringComparison.Ordinal)
            || word is "veces" or "noches" or "tardes") && !MasculineInA.Contains(word);
        // "21 y 22", "1 de mayo", "3 o 4": a small word is no noun.
        return feminine ? Agreement.Feminine : word.Length > 3 ? Agreement.Masculine : Agreement.None;
    }

    // 1 de mayo de 2026 · 1.º, 2ª, 1er
    public override string Own(string text)
    {
        text = NamedDate().Replace(text, match =>
        {
            var day = match.Groups[1].Value == "1" && american ? "primero" : SpanishNumbers.Cardinal(int.Parse(match.Groups[1].Value));
            return match.Groups[3].Success ? $"{day} de {match.Groups[2].Value} de {SpanishNumbers.Cardinal(int.Parse(match.Groups[3].Value))}" : $"{day} de {match.Groups[2].Value}";
        });
        return Ordinals().Replace(text, match =>
        {
            var ordinal = SpanishNumbers.Ordinal(int.Parse(match.Groups[1].Value), match.Groups[2].Value is "ª" or "a");
            return match.Groups[2].Value == "er" && ordinal.EndsWith("ero", StringComparison.Ordinal) ? ordinal[..^1] : ordinal;
        });
    }

    [GeneratedRegex(@"\b(\d{1,2}) de (enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)\b(?: (?:de|del) (\d{4})\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex NamedDate();

    [GeneratedRegex(@"\b(\d{1,3})\.?(º(?!\s?[CF]\b)|ª|er\b)")]
    private static partial Regex Ordinals();
}
