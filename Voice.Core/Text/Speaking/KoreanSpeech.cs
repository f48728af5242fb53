using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Voice.Core.Text.Speaking;

internal sealed partial class KoreanSpeech : SpokenLanguage
{
    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["kg"] = "킬로그램", ["g"] = "그램", ["mg"] = "밀리그램", ["mcg"] = "마이크로그램", ["lb"] = "파운드", ["oz"] = "온스", ["km"] = "킬로미터", ["m"] = "미터",
        ["cm"] = "센티미터", ["mm"] = "밀리미터", ["mi"] = "마일", ["ft"] = "피트", ["mph"] = "마일", ["m2"] = "제곱미터", ["km2"] = "제곱킬로미터", ["m3"] = "세제곱미터",
        ["l"] = "리터", ["ml"] = "밀리리터", ["cl"] = "센티리터", ["dl"] = "데시리터", ["mg/dl"] = "밀리그램 퍼 데시리터", ["mg/kg"] = "밀리그램 퍼 킬로그램",
        ["mmhg"] = "밀리미터 에이치지", ["kcal"] = "킬로칼로리", ["bpm"] = "비피엠", ["°"] = "도", ["h"] = "시간", ["min"] = "분", ["s"] = "초", ["ms"] = "밀리초",
        ["kb"] = "킬로바이트", ["mb"] = "메가바이트", ["gb"] = "기가바이트", ["tb"] = "테라바이트", ["hz"] = "헤르츠", ["khz"] = "킬로헤르츠", ["mhz"] = "메가헤르츠",
        ["ghz"] = "기가헤르츠", ["w"] = "와트", ["kw"] = "킬로와트", ["kwh"] = "킬로와트시", ["v"] = "볼트", ["%"] = "퍼센트",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string Whole, string Cent)> Currencies = new Dictionary<string, (string, string)>
    {
        ["$"] = ("달러", "센트"), ["€"] = ("유로", "센트"), ["£"] = ("파운드", "펜스"), ["¥"] = ("엔", "센"), ["₩"] = ("원", "전"), ["MXN"] = ("페소", "센타보"),
    }.ToFrozenDictionary();

    public override bool DayFirst => false;

    public override bool DotThousands => false;

    public override FrozenDictionary<string, string> Abbreviations { get; } = new Dictionary<string, string>
    {
        ["dr."] = "닥터", ["mr."] = "미스터", ["mrs."] = "미시즈", ["ms."] = "미즈", ["e.g."] = "예를 들어", ["etc."] = "등등", ["vs."] = "대", ["a.m."] = "오전", ["p.m."] = "오후",
    }.ToFrozenDictionary();

    public override SpokenSigns Signs { get; } = new("골뱅이", "점", "슬래시", "대시", "밑줄", "그리고", "더하기", "는", "영하", "퍼센트", "번호", "곱하기", "당");

    public override string Cardinal(long n, Agreement agreement = Agreement.None) => KoreanNumbers.Sino(n);

    public override string Digit(int digit) => KoreanNumbers.Digit(digit);

    // In numbers of telephones and rooms zero is 공.
    public override string Digits(string digits) => string.Concat(digits.Where(char.IsAsciiDigit).Select(digit => digit == '0' ? "공" : KoreanNumbers.Digit(digit - '0')));

    public override string Decimal(string whole, string fraction) =>
        $"{Number(new NumberText(false, whole, null))} 점 {string.Concat(fraction.Select(digit => KoreanNumbers.Digit(digit - '0')))}";

    public override string Ordinal(long n, bool feminine) => n == 1 ? "첫 번째" : $"{KoreanNumbers.Native(n)} 번째";

    public override string Year(long n) => KoreanNumbers.Sino(n);

    public override string Date(int? year, int month, int day)
    {
        var date = $"{Month(month)} {KoreanNumbers.Sino(day)}일";
        return year is { } known ? $"{KoreanNumbers.Sino(known)}년 {date}" : date;
    }

    public override string Time(int hour, int minute, char? meridiem)
    {
        var half = meridiem ?? (hour > 12 ? 'p' : null);
        var said = $"{KoreanNumbers.Native(hour > 12 ? hour - 12 : hour)} 시";
        return (half switch { 'a' => "오전 ", 'p' => "오후 ", _ => string.Empty }) + (minute == 0 ? said : $"{said} {KoreanNumbers.Sino(minute)} 분");
    }

    public override string Money(string currency, NumberText amount, string? scale, int? cents)
    {
        var (whole, cent) = Currencies[currency];
        var spoken = $"{Number(new NumberText(amount.Negative, amount.Whole, cents is null ? amount.Fraction : null))}{(scale is null ? string.Empty : " " + scale)} {whole}";
        return cents is > 0 and { } some ? $"{spoken} {KoreanNumbers.Sino(some)} {cent}" : spoken;
    }

    public override string? Unit(string unit, NumberText number) => unit switch
    {
        "km/h" => $"시속 {Number(number)} 킬로미터",
        "m/s" => $"초속 {Number(number)} 미터",
        // 영하 오 도: below freezing, said in front.
        "°c" => number.Negative ? $"{Number(number)} 도" : $"섭씨 {Number(number)} 도",
        "°f" => $"화씨 {Number(number)} 도",
        "h" => $"{(number is { Fraction: null, Value: { } hours } ? KoreanNumbers.Native(hours) : Number(number))} 시간",
        _ => Units.TryGetValue(unit, out var name) ? $"{Number(number)} {name}" : null,
    };

    public override string Range(string from, string to) => $"{from}에서 {to}";

    public override string Over(string upper, string lower) => $"{upper}에 {lower}";

    public override string? Fraction(long upper, long lower) => upper is >= 1 and < 10 && lower is >= 2 and <= 10 && upper < lower
        ? $"{KoreanNumbers.Sino(lower)}분의 {KoreanNumbers.Sino(upper)}"
        : null;

    // 3시 30분 · 두 명 · 6월 5일 · 2번째
    public override string Own(string text)
    {
        text = Ordinals().Replace(text, match => Ordinal(long.Parse(match.Groups[1].Value), false));
        text = Months().Replace(text, match => Month(int.Parse(match.Groups[1].Value)));
        text = NativeRange().Replace(text, match =>
            $"{KoreanNumbers.Native(long.Parse(match.Groups[1].Value))} {match.Groups[3].Value}에서 {KoreanNumbers.Native(long.Parse(match.Groups[2].Value))} {match.Groups[3].Value}");
        text = NativeCounted().Replace(text, match => $"{KoreanNumbers.Native(Whole(match.Groups[1].Value))} {match.Groups[2].Value}");
        text = Scaled().Replace(text, match => (match.Groups[1].Value == "1" && match.Groups[2].Value != "억" ? string.Empty : Number(match.Groups[1].Value)) + match.Groups[2].Value);
        text = SinoCounted().Replace(text, match => $"{Number(match.Groups[1].Value)} {match.Groups[2].Value}");
        return Until().Replace(text, "에서 ");
    }

    private static string Month(int month) => month switch { 6 => "유월", 10 => "시월", _ => KoreanNumbers.Sino(month) + "월" };

    private static long Whole(string digits) => long.Parse(digits.Replace(",", string.Empty, StringComparison.Ordinal));

    // 시간 before 시, 번째 elsewhere; 분 is minutes far more often than people.
    private const string NativeCounters = "시간|시(?!속)|개(?!월|국|년)|명|사람|살|마리|잔|병|장(?!면)|권|대|가지|달|곳|그릇|켤레|송이|통(?!화)|알|방울|쪽|군데|번(?!지|호|째)|모금|숟가락";

    // 1만 5천원
    [GeneratedRegex(@"(?<![\d.,:/-])(\d{1,4}(?:\.\d+)?)(억|만|천|백)")]
    private static partial Regex Scaled();

    [GeneratedRegex(@"(?<=[\p{L}\d])\s?~\s?(?=[\p{L}\d])")]
    private static partial Regex Until();

    [GeneratedRegex(@"(\d{1,3})\s?번째")]
    private static partial Regex Ordinals();

    [GeneratedRegex(@"(?<!\d)(1[0-2]|[1-9])월")]
    private static partial Regex Months();

    [GeneratedRegex(@"(?<![\d.,:/-])(\d{1,2})\s?(?:" + NativeCounters + @")?\s?[-–~]\s?(\d{1,2})\s?(" + NativeCounters + ")")]
    private static partial Regex NativeRange();

    [GeneratedRegex(@"(?<![\d.,:/-])(\d{1,2}|\d{1,3}(?:,\d{3})+|\d{3,6})\s?(" + NativeCounters + ")")]
    private static partial Regex NativeCounted();

    [GeneratedRegex(@"(?<![\d.,:/-])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(년|일|분|초|원|층|호|주|개월|개국|세|인분|도|번지|번|학년|퍼센트|킬로|센티|미터|그램|밀리|리터|등|단계|페이지|박|점|배|회|위|차)")]
    private static partial Regex SinoCounted();
}
