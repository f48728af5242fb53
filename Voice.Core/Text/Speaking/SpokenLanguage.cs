using System.Collections.Frozen;

namespace Voice.Core.Text.Speaking;

/// <summary>How one language says what is written in signs and digits. Immutable.</summary>
internal abstract class SpokenLanguage
{
    private static readonly SpokenLanguage English = new EnglishSpeech(dayFirst: false);
    private static readonly SpokenLanguage British = new EnglishSpeech(dayFirst: true);
    private static readonly SpokenLanguage Spanish = new SpanishSpeech(american: false);
    private static readonly SpokenLanguage AmericanSpanish = new SpanishSpeech(american: true);
    private static readonly SpokenLanguage Korean = new KoreanSpeech();

    private static readonly FrozenSet<string> DayFirstEnglish = new[] { "en-GB", "en-AU", "en-NZ", "en-IE", "en-ZA", "en-IN" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Where a point stands before decimals.
    private static readonly FrozenSet<string> PointSpanish = new[]
    {
        "es-MX", "es-US", "es-419", "es-GT", "es-HN", "es-SV", "es-NI", "es-PA", "es-DO", "es-PR", "es-PE",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>6/5</c> is the sixth of May.</summary>
    public abstract bool DayFirst { get; }

    /// <summary><c>1.250</c> is more than a thousand.</summary>
    public abstract bool DotThousands { get; }

    /// <summary>With their point, in lower case: <c>dr.</c>.</summary>
    public abstract FrozenDictionary<string, string> Abbreviations { get; }

    public abstract SpokenSigns Signs { get; }

    public static SpokenLanguage For(string language)
    {
        var tongue = language.AsSpan(0, language.IndexOf('-') is var dash and >= 0 ? dash : language.Length);
        return tongue switch
        {
            "es" => PointSpanish.Contains(language) ? AmericanSpanish : Spanish,
            "ko" => Korean,
            _ => DayFirstEnglish.Contains(language) ? British : English,
        };
    }

    public abstract string Cardinal(long n, Agreement agreement = Agreement.None);

    public abstract string Digit(int digit);

    public abstract string Decimal(string whole, string fraction);

    public abstract string Ordinal(long n, bool feminine);

    public abstract string Year(long n);

    /// <summary>A bare number of four digits that may be a year.</summary>
    public virtual string YearOrNumber(long n) => Cardinal(n);

    public abstract string Date(int? year, int month, int day);

    /// <param name="meridiem"><c>a</c>, <c>p</c> or none.</param>
    public abstract string Time(int hour, int minute, char? meridiem);

    /// <param name="cents">Null for none.</param>
    public abstract string Money(string currency, NumberText amount, string? scale, int? cents);

    /// <summary>Null for a unit that this language leaves as it is.</summary>
    public abstract string? Unit(string unit, NumberText number);

    public abstract string Range(string from, string to);

    /// <summary>120/80.</summary>
    public abstract string Over(string upper, string lower);

    /// <summary>Null where there is no short name for it.</summary>
    public abstract string? Fraction(long upper, long lower);

    /// <summary>What only this language writes; before numbers are read.</summary>
    public virtual string Own(string text) => text;

    /// <summary>Before the word that follows a number.</summary>
    public virtual Agreement AgreementWith(ReadOnlySpan<char> next) => Agreement.None;

    public string Number(NumberText number, Agreement agreement = Agreement.None)
    {
        var words = number switch
        {
            { Fraction: { } fraction } => Decimal(number.Whole, fraction),
            { Value: { } value } => Cardinal(value, agreement),
            _ => Digits(number.Whole),
        };
        return number.Negative ? $"{Signs.Minus} {words}" : words;
    }

    public string Number(string written, Agreement agreement = Agreement.None) => Number(NumberText.Parse(written, DotThousands), agreement);

    public virtual string Digits(string digits) => string.Join(' ', digits.Where(char.IsAsciiDigit).Select(digit => Digit(digit - '0')));
}
