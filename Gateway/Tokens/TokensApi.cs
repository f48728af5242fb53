using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Jwt;
using Voice.ServiceDefaults.Identity.Keys;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Tokens;

/// <summary>Access and refresh tokens for programs that act for a person, and what others need to verify access tokens themselves.</summary>
internal static class TokensApi
{
    private const int MaxBodyBytes = 16 * 1024;
    private const string KeysPath = "/.well-known/jwks.json";

    public static RouteGroupBuilder MapTokensApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/auth/tokens").WithTags("Tokens").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapPost("/", CreateAsync).RequireKnown().ForPeople().RequireFreshProof().WithName("CreateTokens").WithSummary("Get tokens for a program")
            .WithDescription("For whoever is signed in in a browser: begins a sign-in session of its own for a program, which is listed with the others.")
            .WithErrors("invalid_scope", "sessions_unavailable").WithIdempotencyKey();
        endpoints.MapPasswordTokensApi();
        group.MapPost("/refresh", RefreshAsync).AllowAnonymous().WithName("RefreshTokens").WithSummary("Get the next tokens")
            .WithDescription("A refresh token is good once. When an answer was lost, the same token may be sent again within 30 seconds; any later use ends the session.")
            .WithErrors("invalid_refresh_token", "sessions_unavailable");
        group.MapPost("/revoke", RevokeAsync).AllowAnonymous().WithName("RevokeTokens").WithSummary("End a program's session")
            .WithDescription("Ends the refresh token, its session and the access tokens of it. The answer is the same for a token that is unknown.")
            .WithErrors("sessions_unavailable");
        endpoints.MapGet(KeysPath, Keys).AllowAnonymous().WithTags("Tokens").WithName("GetTokenKeys").WithSummary("Public keys of access tokens")
            .Produces(StatusCodes.Status200OK, contentType: JsonWebKeySet.ContentType)
            .WithResponseExample("""{"keys":[{"kty":"EC","use":"sig","alg":"ES256","kid":"ptg2vOptu4UAH3M6T5Beo6-BczQITf5hFD5jobv5OwY","crv":"P-256","x":"XKaD6vqZlCKTJxg-8Y6DW_HIEZCXStTp90Z8ohUXdX4","y":"dLjVzn8QWwnHrR_fGt9WKQ3BMZ3VU5Db9Y2CMPFeeXM"}]}""");
        endpoints.MapGet("/.well-known/openid-configuration", Metadata).AllowAnonymous().ExcludeFromDescription();
        return group;
    }

    private static async Task<Results<Ok<TokenPair>, ProblemHttpResult>> CreateAsync(
        TokenRequest request, HttpContext context, [AsParameters] TokenServices services, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        if (Choose(request.Scopes, caller) is not { } wanted)
        {
            return InvalidScope();
        }

        try
        {
            var session = await services.Sessions.StartAsync(
                caller.Subject, caller.OrganizationId, request.Device ?? context.Request.Headers.UserAgent, context.Connection.RemoteIpAddress?.ToString(), "token",
                cancellationToken);
            var refresh = await services.Refresh.StartAsync(session, wanted, cancellationToken);
            await services.Audit.RecordAsync(AuditEvent.From(context, "token.create", new("session", session.Id)), cancellationToken);
            return Answer(context, services, session, wanted, refresh);
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }
    }

    private static async Task<Results<Ok<TokenPair>, ProblemHttpResult>> RefreshAsync(
        RefreshRequest request, HttpContext context, [AsParameters] TokenServices services, CancellationToken cancellationToken)
    {
        SessionCheck check = default;
        Standing? standing = null;
        var outcome = await services.Refresh.UseAsync(
            request.RefreshToken ?? "",
            async (userId, sessionId) =>
            {
                check = await services.Sessions.CheckAsync(sessionId, cancellationToken);
                standing = check.Session is { } alive ? await services.Users.FindStandingAsync(userId, alive.OrganizationId, cancellationToken) : null;
                return standing is not null;
            },
            cancellationToken);
        if (check.Unavailable)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }

        if (outcome.Reused)
        {
            await services.Audit.RecordAsync(
                AuditEvent.From(context, check.Session!.OrganizationId, new("user", outcome.UserId!), "refresh_token.reuse", new("session", outcome.SessionId!), AuditResults.Denied),
                cancellationToken);
            try
            {
                await services.Sessions.RevokeAsync(outcome.UserId!, outcome.SessionId!, cancellationToken);
            }
            catch (SessionsUnavailableException)
            {
                // The family has ended in the database; the access token of the session lives its quarter of an hour at most.
                return CredentialProblem.SessionsAway.AsResult();
            }
        }

        return outcome.Next is { } next
            ? Answer(context, services, check.Session!, outcome.Scopes & GatewayCallers.Of(outcome.UserId!, check.Session!.OrganizationId, standing!).Scopes, next)
            : ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_refresh_token", "The refresh token is not good: it was used, revoked, or is too old. Sign in again.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        RefreshRequest request, HttpContext context, [AsParameters] TokenServices services, CancellationToken cancellationToken)
    {
        if (await services.Refresh.RevokeAsync(request.RefreshToken ?? "", cancellationToken) is not var (userId, sessionId))
        {
            return TypedResults.NoContent();
        }

        try
        {
            var session = (await services.Sessions.CheckAsync(sessionId, cancellationToken)).Session;
            await services.Sessions.RevokeAsync(userId, sessionId, cancellationToken);
            if (session is not null)
            {
                await services.Audit.RecordAsync(
                    AuditEvent.From(context, session.OrganizationId, new("user", userId), "token.revoke", new("session", sessionId)), cancellationToken);
            }

            return TypedResults.NoContent();
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }
    }

    /// <summary>Those that are named, or all that the user has; null where one is named that they have not.</summary>
    internal static ScopeSet? Choose(IReadOnlyList<string>? names, Caller caller) =>
        names is null ? caller.Scopes
            : names.Any(name => name is null || !caller.Scopes.Contains(name)) ? null
            : ScopeSet.Parse(string.Join(' ', names));

    internal static ProblemHttpResult InvalidScope() => ApiError.Result(
        StatusCodes.Status400BadRequest, "invalid_scope", "Name scopes that you have; tokens may do less than their user, never more.", "scopes");

    internal static Ok<TokenPair> Answer(HttpContext context, TokenServices services, SignInSession session, ScopeSet scopes, string refresh)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new TokenPair(
            services.Access.Issue(session, scopes), "Bearer", (int)services.Access.Lifetime.TotalSeconds, refresh, scopes.ToString(), session.Id));
    }

    private static Utf8ContentHttpResult Keys(HttpContext context, [FromKeyedServices("access")] ISigningKeys keys)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Text(System.Text.Encoding.UTF8.GetBytes(keys.Published.ToJson()), JsonWebKeySet.ContentType);
    }

    /// <summary>What a verifier needs of OpenID Connect Discovery; the gateway is no provider for others to sign in with.</summary>
    private static Ok<Dictionary<string, object>> Metadata(IOptions<TokenOptions> options) => TypedResults.Ok(new Dictionary<string, object>
    {
        ["issuer"] = options.Value.Issuer,
        ["jwks_uri"] = options.Value.Issuer.TrimEnd('/') + KeysPath,
        ["id_token_signing_alg_values_supported"] = new[] { JsonWebKey.Es256 },
        ["scopes_supported"] = Scopes.All,
    });
}
