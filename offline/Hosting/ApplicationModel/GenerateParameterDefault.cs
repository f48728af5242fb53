using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

public sealed class GenerateParameterDefault : ParameterDefault
{
    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    // The alphabets of Aspire: nothing that looks like something else, nothing that a shell or a connection string reads.
    public override string GetDefaultValue()
    {
        (bool Used, int Least, string Letters)[] kinds =
        [
            (Lower, MinLower, "abcdefghjkmnpqrstuvwxyz"),
            (Upper, MinUpper, "ABCDEFGHJKMNPQRSTUVWXYZ"),
            (Numeric, MinNumeric, "0123456789"),
            (Special, MinSpecial, "-_.{}~()*+!"),
        ];
        var used = kinds.Where(kind => kind.Used).ToList();
        var all = string.Concat(used.Select(kind => kind.Letters));
        var least = used.SelectMany(kind => RandomNumberGenerator.GetItems<char>(kind.Letters, kind.Least)).ToArray();
        // 128 bits at least, as in Aspire, however short the caller wants it.
        var length = Math.Max(MinLength, (int)Math.Ceiling(128 / Math.Log2(all.Length)));
        char[] value = [.. least, .. RandomNumberGenerator.GetItems<char>(all, Math.Max(0, length - least.Length))];
        RandomNumberGenerator.Shuffle(value.AsSpan());
        return new string(value);
    }
}
