namespace Voice.Core.Text.Speaking;

internal static class SpanishNumbers
{
    private static readonly string[] Small =
    [
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce", "quince",
        "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco",
        "veintiséis", "veintisiete", "veintiocho", "veintinueve",
    ];

    private static readonly string[] Tens = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
    private static readonly string[] Hundreds = ["", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos"];
    private static readonly string[] Ordinals = ["", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo", "undécimo", "duodécimo"];

    public static string Cardinal(long n, Agreement agreement = Agreement.None)
    {
        if (n >= 1_000_000_000_000)
        {
            return Scale(n, 1_000_000_000_000, "un billón", "billones", agreement);
        }

        if (n >= 1_000_000)
        {
            return Scale(n, 1_000_000, "un millón", "millones", agreement);
        }

        if (n >= 1_000)
        {
            var thousands = n / 1_000 == 1 ? "mil" : $"{Below1000(n / 1_000, agreement == Agreement.Feminine ? Agreement.Feminine : Agreement.Masculine)} mil";
            return n % 1_000 == 0 ? thousands : $"{thousands} {Below1000(n % 1_000, agreement)}";
        }

        return Below1000(n, agreement);
    }

    /// <summary>Up to twelve; nobody says the others, but the cardinal.</summary>
    public static string Ordinal(long n, bool feminine) => n is > 0 and <= 12
        ? feminine ? Ordinals[n][..^1] + "a" : Ordinals[n]
        : Cardinal(n, feminine ? Agreement.Feminine : Agreement.None);

    private static string Scale(long n, long value, string one, string many, Agreement agreement)
    {
        var scaled = n / value == 1 ? one : $"{Cardinal(n / value, Agreement.Masculine)} {many}";
        return n % value == 0 ? scaled : $"{scaled} {Cardinal(n % value, agreement)}";
    }

    private static string Below1000(long n, Agreement agreement)
    {
        if (n < 100)
        {
            return Below100(n, agreement);
        }

        if (n == 100)
        {
            return "cien";
        }

        var hundreds = agreement == Agreement.Feminine && n >= 200 ? Hundreds[n / 100][..^2] + "as" : Hundreds[n / 100];
        return n % 100 == 0 ? hundreds : $"{hundreds} {Below100(n % 100, agreement)}";
    }

    private static string Below100(long n, Agreement agreement) => (n, agreement) switch
    {
        (1, Agreement.Masculine) => "un",
        (1, Agreement.Feminine) => "una",
        (21, Agreement.Masculine) => "veintiún",
        (21, Agreement.Feminine) => "veintiuna",
        ( < 30, _) => Small[n],
        _ when n % 10 == 0 => Tens[n / 10],
        _ => $"{Tens[n / 10]} y {Below100(n % 10, agreement)}",
    };
}
