using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Voice.Gateway.ApiKeys;

namespace Voice.Gateway.Authentication;

internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    ApiKeyDirectory keys, ApiKeyUsage usage, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ApiKeyCredential.Read(Request) is not { } key)
        {
            return Refuse(CredentialProblem.InvalidApiKey);
        }

        if (await keys.FindAsync(key, Context.RequestAborted) is not { Record: { RevokedAt: null } record } known)
        {
            return Refuse(CredentialProblem.InvalidApiKey);
        }

        if (record.IsExpired(time.GetUtcNow()))
        {
            return Refuse(CredentialProblem.ExpiredApiKey);
        }

        if (!record.AllowsAddress(Context.Connection.RemoteIpAddress))
        {
            return Refuse(CredentialProblem.KeyAddress);
        }

        if (!record.AllowsOrigin(Request.Headers.Origin))
        {
            return Refuse(CredentialProblem.KeyOrigin);
        }

        usage.Note(record.Id);
        return AuthenticateResult.Success(new AuthenticationTicket(known.Principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Challenge.WriteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Challenge.WriteForbiddenAsync(Context);

    private AuthenticateResult Refuse(CredentialProblem problem)
    {
        Context.Features.Set(problem);
        return AuthenticateResult.Fail(problem.Message);
    }
}
