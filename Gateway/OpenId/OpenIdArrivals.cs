using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.OpenId;

/// <summary>
/// What becomes of somebody a provider vouches for: into the account that is linked, into a new one, or to the page that asks whose the account
/// with this address is. An address alone never leads into an account, and a second factor is asked for here as everywhere.
/// </summary>
internal sealed class OpenIdArrivals(
    ExternalLogins logins, ProviderAccounts accounts, UserDirectory users, SignInContinuation signIn, OpenIdCookies cookies, AuditTrail audit, TimeProvider time)
{
    public const string LinkPage = "/sign-in/link";

    /// <returns>Where the browser goes on.</returns>
    /// <exception cref="OpenIdException">Nowhere.</exception>
    public async Task<string> EnterAsync(HttpContext context, OpenIdIdentity who, string returnUrl, CancellationToken cancellationToken)
    {
        if (await logins.FindUserAsync(who, cancellationToken) is { } known)
        {
            return await SignInAsync(context, known, who, returnUrl, cancellationToken);
        }

        if (who.Email is not { } email)
        {
            throw new OpenIdException(OpenIdErrors.Unverified, "no proven address");
        }

        var existing = await users.FindByEmailAsync(email, cancellationToken);
        if (existing is null && await accounts.CreateAsync(context, who, email, cancellationToken) is { } made)
        {
            return await SignInAsync(context, made, who, returnUrl, cancellationToken);
        }

        if (existing is null && await logins.FindUserAsync(who, cancellationToken) is { } faster)
        {
            // The same person in another tab, a moment ago.
            return await SignInAsync(context, faster, who, returnUrl, cancellationToken);
        }

        existing ??= await users.FindByEmailAsync(email, cancellationToken);
        if (existing is not { DisabledAt: null })
        {
            throw new OpenIdException(OpenIdErrors.Failed, "the account is closed");
        }

        cookies.Write(context, new PendingLink(
            who.Provider, who.Issuer, who.Subject, email, existing.Id, existing.SecurityStamp, returnUrl, (time.GetUtcNow() + PendingLink.Lifetime).ToUnixTimeMilliseconds()));
        return LinkPage;
    }

    /// <summary>Who is signed in adds a provider to the account: they have proven both, in this browser and in this sign-in.</summary>
    /// <exception cref="OpenIdException">It cannot be.</exception>
    public async Task<string> LinkAsync(HttpContext context, OpenIdIdentity who, OpenIdAttempt attempt, CancellationToken cancellationToken)
    {
        if (context.User.FindCaller() is not { Kind: "user" } caller || caller.Subject != attempt.UserId
            || context.User.FindFirst(Authentication.GatewayClaims.Session)?.Value != attempt.SessionId)
        {
            throw new OpenIdException(OpenIdErrors.Expired, "another sign-in");
        }

        return await users.FindAsync(caller.Subject, cancellationToken) is { DisabledAt: null } user && await logins.LinkAsync(context, user, who, cancellationToken)
            ? attempt.ReturnUrl
            : throw new OpenIdException(OpenIdErrors.Taken, "linked to another account");
    }

    /// <summary>A refusal is an act too: somebody may be trying.</summary>
    public Task RefusedAsync(HttpContext context, string provider, string reason, CancellationToken cancellationToken) => audit.RecordAsync(
        AuditEvent.From(context, "sign_in", result: AuditResults.Denied) with
        {
            Details = new Dictionary<string, string> { ["method"] = MethodOf(provider), ["reason"] = reason },
        },
        cancellationToken);

    public static string MethodOf(string provider) => $"openid:{provider}";

    private async Task<string> SignInAsync(HttpContext context, string userId, OpenIdIdentity who, string returnUrl, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(userId, cancellationToken) is not { DisabledAt: null } user)
        {
            throw new OpenIdException(OpenIdErrors.Failed, "the account is closed");
        }

        await logins.UsedAsync(who, cancellationToken);
        return await signIn.ContinueAsync(context, user, MethodOf(who.Provider), returnUrl, cancellationToken);
    }
}
