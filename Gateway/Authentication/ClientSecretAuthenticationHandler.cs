using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.Routing;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

/// <summary>
/// Lets in who has a client secret: to open a WebSocket at <c>/v1/realtime</c>, and nowhere else. A use is counted here, once, since
/// the framework asks a handler once per request.
/// </summary>
internal sealed partial class ClientSecretAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ClientSecretStore secrets, ClientSecretMakers makers, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(2);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Path != "/v1/realtime" || !WebSocketUpgrade.IsAsked(Context) || ApiKeyCredential.Read(Request) is not { } secret)
        {
            return Refuse(CredentialProblem.ClientSecretElsewhere);
        }

        var hash = ClientSecret.Hash(secret);
        if (await UseAsync(hash) is not { } use)
        {
            return Refuse(CredentialProblem.ClientSecretsAway);
        }

        if (use.Caller is not { } caller)
        {
            return Refuse(use.Outcome switch
            {
                ClientSecretOutcome.Expired => CredentialProblem.ExpiredClientSecret,
                ClientSecretOutcome.UsedUp => CredentialProblem.UsedClientSecret,
                ClientSecretOutcome.OtherOrigin => CredentialProblem.OtherOrigin,
                ClientSecretOutcome.OtherAgent => CredentialProblem.OtherAgent,
                _ => CredentialProblem.InvalidClientSecret,
            });
        }

        // It is good for what whoever made it may still do. The use is counted all the same: a secret that was refused is worth nothing.
        var (held, problem) = await makers.ScopesOfAsync(use, Context.RequestAborted);
        if (problem is not null)
        {
            return Refuse(problem);
        }

        caller = caller with { Scopes = caller.Scopes & held };
        Context.Features.Set(new AdmittedClientSecret(hash));
        return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Challenge.WriteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Challenge.WriteForbiddenAsync(Context);

    /// <returns>Null where Redis is away: then nobody is let in.</returns>
    private async Task<ClientSecretUse?> UseAsync(string hash)
    {
        using var limit = new CancellationTokenSource(RedisLimit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Context.RequestAborted, limit.Token);
        try
        {
            var query = Request.Query;
            var agent = Value(query["agent"]) ?? Value(query["model"]);
            var resuming = Value(query["resume"]) is not null;
            return await secrets.UseAsync(hash, agent, Value(Request.Headers.Origin), resuming, time.GetUtcNow(), ending.Token);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException)
        {
            Log.NotChecked(Logger, exception.GetType().Name);
            return null;
        }
    }

    private AuthenticateResult Refuse(CredentialProblem problem)
    {
        Context.Features.Set(problem);
        return AuthenticateResult.Fail(problem.Message);
    }

    private static string? Value(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A client secret could not be checked, and nobody was let in: {Failure}")]
        public static partial void NotChecked(ILogger logger, string failure);
    }
}
