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
        await context.SignInAsync(GatewaySchemes.Cookie, new ClaimsPrincipal(new ClaimsIdentity(
            [new("sub", userId), new(GatewayClaims.Session, session.Id), new(GatewayClaims.SecurityStamp, securityStamp)], GatewaySchemes.Cookie)));
        return session;
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

        var user = await users.FindCurrentAsync(userId, context.HttpContext.RequestAborted);
        if (user is null || cookie.FindFirst(GatewayClaims.SecurityStamp)?.Value != user.SecurityStamp)
        {
            return;
        }

        var principal = GatewayCallers.Of(user, session.OrganizationId).ToPrincipal(GatewaySchemes.Cookie);
        ((ClaimsIdentity)principal.Identity!).AddClaims(
            [new(GatewayClaims.Session, session.Id), new(GatewayClaims.SecurityStamp, user.SecurityStamp)]);
        context.ReplacePrincipal(principal);
    }
}
