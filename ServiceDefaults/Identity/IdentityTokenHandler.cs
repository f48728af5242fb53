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
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IdentityTokenVerifier tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    private TokenCheck? _check;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? authorization = Request.Headers.Authorization;
        if (authorization is null || !authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var token = authorization[Prefix.Length..].Trim();
        _check = await tokens.CheckAsync(token, Context.RequestAborted);
        if (_check.Caller is not { } caller)
        {
            return AuthenticateResult.Fail(_check.Reason!);
        }

        Context.Features.Set(new ReceivedToken(token));
        return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_check?.Code == TokenCheck.KeysUnavailable)
        {
            await ApiError.WriteAsync(Context, StatusCodes.Status503ServiceUnavailable, _check.Code, _check.Reason!);
            return;
        }

        Response.Headers[HeaderNames.WWWAuthenticate] = _check is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await ApiError.WriteAsync(
            Context, StatusCodes.Status401Unauthorized, _check?.Code ?? "missing_credential",
            _check?.Reason ?? "A credential is required: Authorization: Bearer <identity token>.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ScopePolicies.WriteForbiddenAsync(Context);
}
