using System.Text;
using System.Text.Json;

namespace Platform.Tests.Api;

/// <summary>Strings and values that break things: our own, and the naughty strings of the test data where there are any.</summary>
internal static class Hostile
{
    private static readonly string[] Own =
    [
        "", " ", "\0", "a\0b", "\u0001\u0008\u001f\u007f", "\r\nSet-Cookie: a=b", "null", "true", "NaN", "-1", "1e400", "99999999999999999999999999", "../../../etc/passwd",
        "..\\..\\x", "%2e%2e%2f", "%00", "%", "{id}", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "' or 1=1 --", "\"; drop table users; --", "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0", "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u202eabc", "\ufeffabc", "a\u0301\u0301\u0301", "\uffff", "İıſK", "\u2028\u2029",
        "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "//evil.example", "javascript:alert(1)", "org_default", "admin@localhost", "*", "%s%n%d",
        "2026-13-45T99:99:99Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999+14:00", "-00:00:01", "va_", "ek_", "eyJhbGciOiJub25lIn0.e30.", new('A', 5_000), new('[', 3_000),
    ];

    /// <summary>As JSON tokens, some of which no number or string of ours can hold.</summary>
    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e400", "-1e400", "1e-400", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999999999999", "[]", "{}", "[[[]]]",
        "[null]", "{\"a\":{\"b\":[1]}}", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"0\"", "[1,\"a\",null,{}]", "{\"type\":\"x\"}", "{\"$ref\":\"#\"}", "{\"__proto__\":{}}",
    ];

    public static IReadOnlyList<string> Strings { get; } = [.. Own, .. FromData().Distinct()];

    public static string Text(Random random) => Strings[random.Next(Strings.Count)];

    public static string Token(Random random) =>
        random.Next(3) == 0 ? Tokens[random.Next(Tokens.Length)] : JsonSerializer.Serialize(Text(random) is { Length: < 300 } text ? text : "x");

    /// <summary>A whole body that is wrong as a whole.</summary>
    public static byte[] Body(Random random, string good) => random.Next(14) switch
    {
        0 => [],
        1 => Encoding.UTF8.GetBytes("null"),
        2 => Encoding.UTF8.GetBytes("[]"),
        3 => Encoding.UTF8.GetBytes(Token(random)),
        4 => Encoding.UTF8.GetBytes(good[..random.Next(good.Length)]),
        5 => [.. Encoding.UTF8.GetBytes(good), 0xff, 0xfe],
        6 => [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(good)],
        7 => [.. Encoding.UTF8.GetBytes(good).Select(b => b == (byte)'e' && random.Next(3) == 0 ? (byte)0xc3 : b)],
        8 => Encoding.UTF8.GetBytes(new string('[', 20_000) + new string(']', 20_000)),
        9 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000)),
        10 => Encoding.Unicode.GetBytes(good),
        11 => Encoding.UTF8.GetBytes(good + good),
        12 => Encoding.UTF8.GetBytes(good.Replace(":", " : ", StringComparison.Ordinal) + new string(' ', 100_000)),
        _ => RandomBytes(random, random.Next(2_000)),
    };

    private static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static IEnumerable<string> FromData() =>
        from file in (string[])["text_injection/blns.jsonl", "text_injection/csv_injection.jsonl"]
        let path = TestData.Path(file)
        where path is not null
        from line in File.ReadLines(path)
        from value in JsonDocument.Parse(line).RootElement.EnumerateObject()
        where value.Value.ValueKind == JsonValueKind.String
        select value.Value.GetString()!;
}
