using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Voice.Gateway.Accounts;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Sessions;

/// <summary>
/// The cookie: it names a user and a sign-in session and nothing else. Organization, role and scopes are looked up at each request, so
/// that what changes there is felt by who is signed in.
/// </summary>
internal sealed class BrowserSession(SignInSessions sessions, UserDirectory users)
{
    /// <summary>Starts a session for a user who has proved everything that was asked, and gives the browser its cookie.</summary>
    /// <exception cref="SessionsUnavailableException">Redis is away: nobody can sign in.</exception>
    public async Task<SignInSession> SignInAsync(
        HttpContext context, string userId, string organizationId, string securityStamp, string method, CancellationToken cancellationToken)
    {
        var session = await sessions.StartAsync(
            userId, organizationId, context.Request.Headers.UserAgent, context.Connection.RemoteIpAddress?.ToString(), method, cancellationToken);
        await WriteAsync(context, userId, session.Id, securityStamp);
        return session;
    }

    /// <summary>The same session after a change of the password that it rests on.</summary>
    public async Task RenewAsync(HttpContext context, string securityStamp)
    {
        if (context.User.FindFirst(GatewayClaims.Session)?.Value is { } id && context.User.FindCaller() is { } caller)
        {
            await WriteAsync(context, caller.Subject, id, securityStamp);
        }
    }

    /// <summary>Ends the session too, so that a copy of the cookie is worth nothing.</summary>
    public async Task SignOutAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.User.FindFirst(GatewayClaims.Session)?.Value is { } id && context.User.FindCaller() is { } caller)
        {
            await sessions.RevokeAsync(caller.Subject, id, cancellationToken);
        }

        await context.SignOutAsync(GatewaySchemes.Cookie);
    }

    /// <summary>Replaces what the cookie says by what is true now, or by nobody.</summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var cookie = context.Principal;
        context.RejectPrincipal();
        if (cookie?.FindFirst("sub")?.Value is not { } userId || cookie.FindFirst(GatewayClaims.Session)?.Value is not { } id)
        {
            return;
        }

        var check = await sessions.CheckAsync(id, context.HttpContext.RequestAborted);
        if (check.Session is not { } session || session.UserId != userId)
        {
            if (check.Unavailable)
            {
                context.HttpContext.Features.Set(CredentialProblem.SessionsAway);
            }

            return;
        }

        var standing = await users.FindStandingAsync(userId, session.OrganizationId, context.HttpContext.RequestAborted);
        if (standing is null || cookie.FindFirst(GatewayClaims.SecurityStamp)?.Value != standing.SecurityStamp)
        {
            return;
        }

        var principal = GatewayCallers.Of(userId, session.OrganizationId, standing).ToPrincipal(GatewaySchemes.Cookie);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaims(
        [
            new(GatewayClaims.Session, session.Id), new(GatewayClaims.SecurityStamp, standing.SecurityStamp),
            new(GatewayClaims.ProvenAt, session.ProvenAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
        ]);
        if (standing.LacksSecondFactor)
        {
            identity.AddClaim(new(GatewayClaims.LacksSecondFactor, "true"));
        }

        context.ReplacePrincipal(principal);
    }

    private static Task WriteAsync(HttpContext context, string userId, string sessionId, string securityStamp) =>
        context.SignInAsync(GatewaySchemes.Cookie, new ClaimsPrincipal(new ClaimsIdentity(
            [new("sub", userId), new(GatewayClaims.Session, sessionId), new(GatewayClaims.SecurityStamp, securityStamp)], GatewaySchemes.Cookie)));
}
