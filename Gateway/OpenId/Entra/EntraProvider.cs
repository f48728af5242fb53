using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Voice.Gateway.Accounts;

namespace Voice.Gateway.OpenId.Entra;

/// <summary>What of Entra ID is the same whichever library speaks to it: where it is offered, what is kept on the way, and whom its claims name.</summary>
internal sealed class EntraProvider(IOptions<EntraOptions> options)
{
    /// <summary>The scheme, and the short name in addresses.</summary>
    public const string Name = "entra";

    public const string CallbackPath = $"{OpenIdProviders.Path}/{Name}/callback";

    private const string ReturnUrlItem = "return_url";
    private const string UserItem = "user";
    private const string SessionItem = "session";

    public bool IsConfigured => options.Value.IsConfigured;

    public ProviderView View => new(Name, options.Value.DisplayName, $"{OpenIdProviders.Path}/{Name}/start");

    /// <summary>What comes back, protected, with the answer.</summary>
    public static AuthenticationProperties Begin(string returnUrl, OpenIdAttempt? link) => new(new Dictionary<string, string?>
    {
        [ReturnUrlItem] = returnUrl,
        [UserItem] = link?.UserId,
        [SessionItem] = link?.SessionId,
    });

    public static OpenIdAttempt AttemptOf(AuthenticationProperties? properties) => new(
        Name, "", "", "", "", properties?.GetString(ReturnUrlItem) ?? SignIn.ReturnUrl.Default, properties?.GetString(UserItem), properties?.GetString(SessionItem), 0);

    /// <summary>Issuer and subject, which is one for each person and client. The address only where it is proven to be theirs.</summary>
    public OpenIdIdentity IdentityOf(string issuer, string subject, IEnumerable<Claim> claims)
    {
        var all = claims.ToList();
        // "Email domain owner verified"; a boolean or a number, depending on the version of the token.
        var proven = options.Value.TrustsEmail || all.Find(c => c.Type == "xms_edov")?.Value is "1" or "true" or "True";
        return new OpenIdIdentity(Name, issuer, subject, proven && EmailAddress.TryRead(all.Find(c => c.Type == "email")?.Value, out var email) ? email : null);
    }
}
