using System.Globalization;

namespace Voice.Inference.Decoding;

/// <summary>Digits as they are said.</summary>
internal static class SpokenNumber
{
    private static readonly string[] Ones =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Up to 9,999 as a number; longer ones, and those that begin with a zero, digit by digit.</summary>
    public static IEnumerable<string> Words(string digits) =>
        digits.Length > 4 || (digits.Length > 1 && digits[0] == '0')
            ? digits.Select(d => Ones[d - '0'])
            : Cardinal(int.Parse(digits, CultureInfo.InvariantCulture)).Split(' ');

    private static string Cardinal(int value) => value switch
    {
        < 20 => Ones[value],
        < 100 => Tens[value / 10] + (value % 10 == 0 ? "" : " " + Ones[value % 10]),
        < 1_000 => $"{Ones[value / 100]} hundred" + (value % 100 == 0 ? "" : " " + Cardinal(value % 100)),
        _ => $"{Cardinal(value / 1_000)} thousand" + (value % 1_000 == 0 ? "" : " " + Cardinal(value % 1_000)),
    };
}
