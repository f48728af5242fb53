using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Voice.Gateway.Accounts;
using Voice.Gateway.Sessions;
using Voice.Gateway.Tokens;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

/// <summary>
/// Lets in who has an access token: well signed, in time, of a session that is alive, for a user who still is a member. What the token may do
/// is what it says and its user may do now.
/// </summary>
internal sealed class AccessTokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    AccessTokens tokens, SignInSessions sessions, UserDirectory users)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    /// <summary>A JWT begins with its header, a JSON object; no key of ours begins like one.</summary>
    public static bool IsPresent(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && value.AsSpan(Prefix.Length).TrimStart().StartsWith("eyJ", StringComparison.Ordinal);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (read, expired) = tokens.Read(Request.Headers.Authorization.ToString()[Prefix.Length..].Trim());
        if (read is not { } claims)
        {
            return Refuse(expired ? CredentialProblem.ExpiredToken : CredentialProblem.InvalidToken);
        }

        var check = await sessions.CheckAsync(claims.SessionId, Context.RequestAborted);
        if (check.Session is not { } session || session.UserId != claims.UserId || session.OrganizationId != claims.OrganizationId)
        {
            return Refuse(check.Unavailable ? CredentialProblem.SessionsAway : CredentialProblem.InvalidToken);
        }

        if (await users.FindStandingAsync(claims.UserId, claims.OrganizationId, Context.RequestAborted) is not { } standing)
        {
            return Refuse(CredentialProblem.InvalidToken);
        }

        var caller = GatewayCallers.Of(claims.UserId, claims.OrganizationId, standing);
        var principal = (caller with { Scopes = caller.Scopes & claims.Scopes }).ToPrincipal(Scheme.Name);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new(GatewayClaims.Session, session.Id));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Challenge.WriteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Challenge.WriteForbiddenAsync(Context);

    private AuthenticateResult Refuse(CredentialProblem problem)
    {
        Context.Features.Set(problem);
        return AuthenticateResult.Fail(problem.Message);
    }
}
