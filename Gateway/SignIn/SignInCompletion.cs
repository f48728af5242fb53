using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Organizations;
using Voice.Gateway.Sessions;

namespace Voice.Gateway.SignIn;

/// <summary>The last step of every way in: everything that the account demands has been proven.</summary>
internal sealed partial class SignInCompletion(BrowserSession browser, Memberships memberships, AuditTrail audit, ILogger<SignInCompletion> logger)
{
    /// <param name="method">How: <c>password</c>, <c>password+totp</c>, <c>invitation</c>, <c>openid:…</c>.</param>
    /// <returns>Null where Redis is away: then nobody can sign in.</returns>
    public async Task<SignedIn?> FinishAsync(HttpContext context, UserAccount user, string method, CancellationToken cancellationToken)
    {
        var home = await memberships.HomeOfAsync(user, cancellationToken);
        try
        {
            await browser.SignInAsync(context, user.Id, home.OrganizationId, user.SecurityStamp, method, cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            return null;
        }

        Log.Accepted(logger, user.Id, ClientAddress.Of(context));
        var act = AuditEvent.From(context, home.OrganizationId, new("user", user.Id), action: "sign_in") with
        {
            Details = new Dictionary<string, string> { ["method"] = method },
        };
        await audit.RecordAsync(act, cancellationToken);
        return SignedIn.As(user, home);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{UserId} signed in from {Address}.")]
        public static partial void Accepted(ILogger logger, string userId, string address);
    }
}
