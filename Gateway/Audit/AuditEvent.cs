using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Audit;

/// <summary>
/// One security-relevant act: who did what to what, from where, and what came of it. Ids and plain words only; user content, names,
/// addresses of mail and secrets do not belong here, and what looks like a secret is struck out.
/// </summary>
/// <param name="OrganizationId">Whose trail it is in; <see cref="CurrentCaller.PlatformOrganization"/> where nobody's organization is known.</param>
internal sealed partial record AuditEvent(string OrganizationId, AuditParty Actor, string Action, AuditParty? Target = null, string Result = AuditResults.Succeeded)
{
    private const int MaxLength = 200;
    private static readonly Dictionary<string, string> NoDetails = [];

    public string? Address { get; init; }

    public string? RequestId { get; init; }

    /// <summary>A few words about it, e.g. <c>role = admin</c>.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = NoDetails;

    public static AuditParty Nobody { get; } = new("anonymous", "anonymous");

    /// <summary>An act in the caller's own organization, by the caller of the request (or nobody known, then of the platform's).</summary>
    public static AuditEvent From(HttpContext context, string action, AuditParty? target = null, string result = AuditResults.Succeeded)
    {
        var caller = context.User.FindCaller();
        return From(
            context, caller?.OrganizationId ?? CurrentCaller.PlatformOrganization, caller is null ? Nobody : new(caller.Kind, caller.Subject), action, target, result);
    }

    /// <summary>An act whose actor the request itself does not name yet, such as a sign-in.</summary>
    public static AuditEvent From(
        HttpContext context, string organizationId, AuditParty actor, string action, AuditParty? target = null, string result = AuditResults.Succeeded) =>
        new(organizationId, actor, action, target, result) { Address = AddressOf(context), RequestId = context.TraceIdentifier };

    /// <summary>Short, readable, and storable; never a credential, should one ever be passed here.</summary>
    internal static string Clean(string value)
    {
        var text = new StringBuilder(Math.Min(value.Length, MaxLength));
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > MaxLength)
            {
                break;
            }

            text.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return Secret().Replace(text.ToString(), "[redacted]");
    }

    private static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        IPAddress address => address.ToString(),
    };

    // Our keys and client secrets, JSON Web Tokens, and what follows "Bearer".
    [GeneratedRegex(@"\b(?:va|ek|rt)_[A-Za-z0-9_-]{16,}|\beyJ[A-Za-z0-9_-]{8,}[A-Za-z0-9_.-]*|(?<=Bearer )\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
