using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Voice.ServiceDefaults.Errors;

namespace Voice.ServiceDefaults.Identity;

/// <summary>Reads <c>Authorization: Bearer &lt;identity token&gt;</c>. 401 says what is wrong with the token, in the error shape of the path.</summary>
internal sealed class IdentityTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IdentityTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    private TokenCheck? _check;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? authorization = Request.Headers.Authorization;
        if (authorization is null || !authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        _check = tokens.Check(authorization[Prefix.Length..].Trim());
        return Task.FromResult(_check.Caller is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail(_check.Reason!));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = _check is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await ApiError.WriteAsync(
            Context, StatusCodes.Status401Unauthorized, _check?.Code ?? "missing_credential",
            _check?.Reason ?? "A credential is required: Authorization: Bearer <identity token>.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ScopePolicies.WriteForbiddenAsync(Context);
}
