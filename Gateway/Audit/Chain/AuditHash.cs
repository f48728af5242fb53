using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Gateway.Audit;

/// <summary>
/// The canonical form, docs/specs/audit.md: each field a netstring (<c>5:hello,</c>), an absent one <c>-,</c>, in a fixed order. Lengths
/// come first, so no value can be made to look like two.
/// </summary>
internal static class AuditHash
{
    private const string EntryForm = "voiceaspire-audit-v1";
    private const string HeadForm = "voiceaspire-audit-head-v1";

    public static readonly string Zero = new('0', 2 * SHA256.HashSizeInBytes);

    public static string Format(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static string Of(AuditEntry entry)
    {
        var form = new StringBuilder();
        Append(form, EntryForm);
        Append(form, entry.OrganizationId);
        Append(form, entry.Sequence.ToString(CultureInfo.InvariantCulture));
        Append(form, entry.PreviousHash);
        Append(form, entry.At);
        Append(form, entry.Actor.Kind);
        Append(form, entry.Actor.Id);
        Append(form, entry.Action);
        Append(form, entry.Target?.Kind);
        Append(form, entry.Target?.Id);
        Append(form, entry.Address);
        Append(form, entry.RequestId);
        Append(form, entry.Result);
        foreach (var (name, value) in entry.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal))
        {
            Append(form, name);
            Append(form, value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form.ToString())));
    }

    /// <summary>What a head's signature is made over.</summary>
    public static byte[] OfHead(AuditHead head)
    {
        var form = new StringBuilder();
        Append(form, HeadForm);
        Append(form, head.OrganizationId);
        Append(form, head.Sequence.ToString(CultureInfo.InvariantCulture));
        Append(form, head.Hash);
        Append(form, head.At);
        Append(form, head.KeyId);
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    private static void Append(StringBuilder form, string? value)
    {
        if (value is null)
        {
            form.Append("-,");
            return;
        }

        form.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:{value},");
    }
}
