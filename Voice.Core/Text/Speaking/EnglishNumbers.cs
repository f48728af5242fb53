namespace Voice.Core.Text.Speaking;

internal static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly (long Value, string Name)[] Scales = [(1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred")];

    private static readonly Dictionary<string, string> Ordinals = new()
    {
        ["one"] = "first", ["two"] = "second", ["three"] = "third", ["five"] = "fifth", ["eight"] = "eighth", ["nine"] = "ninth", ["twelve"] = "twelfth",
    };

    public static string Cardinal(long n)
    {
        if (n < 20)
        {
            return Small[n];
        }

        if (n < 100)
        {
            return n % 10 == 0 ? Tens[n / 10] : $"{Tens[n / 10]} {Small[n % 10]}";
        }

        var (value, name) = Scales.First(scale => n >= scale.Value);
        var rest = n % value;
        return rest == 0 ? $"{Cardinal(n / value)} {name}" : $"{Cardinal(n / value)} {name} {Cardinal(rest)}";
    }

    public static string Ordinal(long n)
    {
        var cardinal = Cardinal(n);
        var cut = cardinal.LastIndexOf(' ') + 1;
        var last = cardinal[cut..];
        var ordinal = Ordinals.GetValueOrDefault(last) ?? (last.EndsWith('y') ? last[..^1] + "ieth" : last + "th");
        return cardinal[..cut] + ordinal;
    }

    /// <summary>1995: nineteen ninety five; 2005: two thousand five; 2026: twenty twenty six.</summary>
    public static string Year(long n) => n switch
    {
        < 1_100 or > 2_099 or (>= 2_000 and < 2_010) => Cardinal(n),
        _ when n % 100 == 0 => $"{Cardinal(n / 100)} hundred",
        _ when n % 100 < 10 => $"{Cardinal(n / 100)} oh {Cardinal(n % 100)}",
        _ => $"{Cardinal(n / 100)} {Cardinal(n % 100)}",
    };

    /// <summary>1990s: nineteen nineties.</summary>
    public static string Decade(long n)
    {
        var year = Year(n);
        return year.EndsWith('y') ? year[..^1] + "ies" : year + "s";
    }
}
