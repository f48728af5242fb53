using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;
using System.Text;

namespace Voice.Gateway.Accounts;

internal static class EmailAddress
{
    /// <summary>RFC 5321: what can be in a path of SMTP.</summary>
    private const int MaxLength = 254;

    /// <summary>One form for one mailbox, as far as anybody but its host can tell: no case, no display name, nothing that breaks a header.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? address)
    {
        address = null;
        var trimmed = text?.Trim();
        if (trimmed is not { Length: > 2 and <= MaxLength } || trimmed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is '<' or '>' or '"' or ',' or ';')
            || trimmed.Count(c => c == '@') != 1 || !MailAddress.TryCreate(trimmed, out var parsed) || parsed.Address != trimmed)
        {
            return false;
        }

        address = trimmed.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return true;
    }
}
