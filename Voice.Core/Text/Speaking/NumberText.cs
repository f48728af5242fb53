using System.Globalization;

namespace Voice.Core.Text.Speaking;

/// <summary>A number as it was written: <c>-1,250.5</c>. Digits stay text, since what follows the point is read by the digit.</summary>
internal readonly record struct NumberText(bool Negative, string Whole, string? Fraction)
{
    /// <summary>Longer ones have no name that anybody would follow.</summary>
    private const int MaxWhole = 15;

    public bool IsOne => !Negative && Fraction is null && Whole == "1";

    /// <summary>Null where it is read by the digit: too long, or with zeros in front.</summary>
    public long? Value => Whole.Length <= MaxWhole && (Whole.Length == 1 || Whole[0] != '0') ? long.Parse(Whole, CultureInfo.InvariantCulture) : null;

    /// <param name="dotThousands"><c>1.250,5</c> instead of <c>1,250.5</c>; what can only be meant the other way is read the other way.</param>
    public static NumberText Parse(string text, bool dotThousands)
    {
        var negative = text[0] is '-' or '−';
        var digits = negative ? text[1..].TrimStart() : text;
        var last = digits.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return new(negative, digits, null);
        }

        var after = digits.Length - last - 1;
        var first = digits.IndexOfAny(['.', ',']);
        var mixed = digits.Contains('.', StringComparison.Ordinal) && digits.Contains(',', StringComparison.Ordinal);
        var groups = mixed ? false : first != last || (after == 3 && last <= 3 && digits[0] != '0' && digits[last] == (dotThousands ? '.' : ','));
        return groups ? new(negative, Plain(digits), null) : new(negative, Plain(digits[..last]), digits[(last + 1)..]);
    }

    private static string Plain(string digits) => digits.Replace(".", string.Empty, StringComparison.Ordinal).Replace(",", string.Empty, StringComparison.Ordinal);
}
