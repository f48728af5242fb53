using System.Text;

namespace Voice.Core.Text.Speaking;

/// <summary>Korean counts in two ways: Sino-Korean (일, 이, 삼) for money, dates, minutes and measures, native (하나, 둘, 셋) for hours, people and things.</summary>
internal static class KoreanNumbers
{
    private static readonly string[] Digits = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
    private static readonly string[] Places = ["", "십", "백", "천"];
    private static readonly (long Value, string Name)[] Scales = [(1_000_000_000_000, "조"), (100_000_000, "억"), (10_000, "만")];
    private static readonly string[] NativeOnes = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"];
    private static readonly string[] NativeTens = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];

    public static string Digit(int digit) => Digits[digit];

    public static string Sino(long n)
    {
        if (n == 0)
        {
            return Digits[0];
        }

        var words = new List<string>(4);
        foreach (var (value, name) in Scales)
        {
            if (n / value > 0)
            {
                // 만, not 일만; but 일억.
                words.Add(n / value == 1 && value == 10_000 ? name : Below10000(n / value) + name);
                n %= value;
            }
        }

        if (n > 0)
        {
            words.Add(Below10000(n));
        }

        return string.Join(' ', words);
    }

    /// <summary>As it stands before a counter: 한, 두, 세, 스무. From a hundred on only the end is native.</summary>
    public static string Native(long n)
    {
        if (n is 0 or >= 1_000_000)
        {
            return Sino(n);
        }

        var rest = n % 100;
        var hundreds = n >= 100 ? Sino(n - rest) : string.Empty;
        return rest switch
        {
            0 => hundreds,
            20 => hundreds + "스무",
            _ => hundreds + NativeTens[rest / 10] + NativeOnes[rest % 10],
        };
    }

    private static string Below10000(long n)
    {
        var word = new StringBuilder(8);
        for (var (place, value) = (3, 1_000L); place >= 0; place--, value /= 10)
        {
            var digit = (int)(n / value % 10);
            if (digit > 0)
            {
                word.Append(digit == 1 && place > 0 ? string.Empty : Digits[digit]).Append(Places[place]);
            }
        }

        return word.ToString();
    }
}
