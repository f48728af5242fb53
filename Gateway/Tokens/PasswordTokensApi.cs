using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.Organizations;
using Voice.Gateway.Passwords;
using Voice.Gateway.SecondFactor;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Tokens;

/// <summary>
/// Tokens for a program whose user types password and code into it, without a browser. The same proofs, limits and pauses as on the sign-in page,
/// in one request: a right password without its code gives nothing.
/// </summary>
internal static class PasswordTokensApi
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxFieldLength = 256;

    public static void MapPasswordTokensApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/auth/tokens/password", CreateAsync).AllowAnonymous().WithTags("Tokens").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .WithName("CreateTokensByPassword").WithSummary("Get tokens with e-mail and password")
            .WithDescription("For programs without a browser. Where the account has a second factor, send a code or recovery code with the password. Begins a sign-in session, listed with the others.")
            .WithErrors("invalid_request", "invalid_scope", "invalid_sign_in", "second_factor_required", "invalid_code", "too_many_sign_ins", "sessions_unavailable")
            .WithRequestExample("""{"email":"ada@example.com","password":"correct horse battery staple","code":"123456","device":"Night report","scopes":["sessions:read"]}""");

    private static async Task<Results<Ok<TokenPair>, ProblemHttpResult>> CreateAsync(
        PasswordTokenRequest request, HttpContext context, [AsParameters] PasswordTokenServices services, CancellationToken cancellationToken)
    {
        if (request.Email is not { Length: > 0 and <= MaxFieldLength } email || request.Password is not { Length: > 0 and <= MaxFieldLength } password
            || request.Code is { Length: > MaxFieldLength })
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", "Send 'email' and 'password', and 'code' where there is a second factor.");
        }

        var address = ClientAddress.Of(context);
        var account = email.ToLowerInvariant();
        if (SignInThrottleExtensions.Refusal(context, await services.Throttle.BeginSignInAsync(address, account, cancellationToken)) is { } tooMany)
        {
            return tooMany;
        }

        if (await services.Passwords.VerifyAsync(email, password, cancellationToken) is not { } user)
        {
            await DenyAsync(context, services, null, "password", cancellationToken);
            return ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_sign_in", "E-mail or password is wrong.");
        }

        await services.Throttle.SucceededAsync(address, account, cancellationToken);
        if (user.HasSecondFactor && await RefuseCodeAsync(context, user, request.Code, services, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await StartAsync(request, user, context, services, cancellationToken);
    }

    private static async Task<ProblemHttpResult?> RefuseCodeAsync(
        HttpContext context, UserAccount user, string? code, PasswordTokenServices services, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(code))
        {
            return ApiError.Result(StatusCodes.Status401Unauthorized, "second_factor_required", "The account has a second factor: send its code with the password.", "code");
        }

        if (await services.Throttle.RefuseCodeAsync(context, user.Id, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        if (!await services.SecondFactors.AcceptAsync(user.Id, code, cancellationToken))
        {
            await DenyAsync(context, services, user, "code", cancellationToken);
            return ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_code", "The code is wrong, too old, or was used already.", "code");
        }

        await services.Throttle.CodeSucceededAsync(user.Id, cancellationToken);
        return null;
    }

    private static async Task<Results<Ok<TokenPair>, ProblemHttpResult>> StartAsync(
        PasswordTokenRequest request, UserAccount user, HttpContext context, PasswordTokenServices services, CancellationToken cancellationToken)
    {
        var home = await services.Memberships.HomeOfAsync(user, cancellationToken);
        if (await services.Tokens.Users.FindStandingAsync(user.Id, home.OrganizationId, cancellationToken) is not { } standing)
        {
            return ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_sign_in", "E-mail or password is wrong.");
        }

        if (TokensApi.Choose(request.Scopes, GatewayCallers.Of(user.Id, home.OrganizationId, standing)) is not { } scopes)
        {
            return TokensApi.InvalidScope();
        }

        try
        {
            var method = user.HasSecondFactor ? "password+totp" : "password";
            var session = await services.Tokens.Sessions.StartAsync(
                user.Id, home.OrganizationId, request.Device ?? context.Request.Headers.UserAgent, context.Connection.RemoteIpAddress?.ToString(), method, cancellationToken);
            var refresh = await services.Tokens.Refresh.StartAsync(session, scopes, cancellationToken);
            var act = AuditEvent.From(context, home.OrganizationId, new("user", user.Id), "token.create", new("session", session.Id)) with
            {
                Details = new Dictionary<string, string> { ["method"] = method },
            };
            await services.Tokens.Audit.RecordAsync(act, cancellationToken);
            return TokensApi.Answer(context, services.Tokens, session, scopes, refresh);
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }
    }

    private static Task DenyAsync(HttpContext context, PasswordTokenServices services, UserAccount? user, string what, CancellationToken cancellationToken)
    {
        var act = user?.LastOrganizationId is { } organization
            ? AuditEvent.From(context, organization, new("user", user.Id), "token.create", result: AuditResults.Denied)
            : AuditEvent.From(context, "token.create", result: AuditResults.Denied);
        return services.Tokens.Audit.RecordAsync(act with { Details = new Dictionary<string, string> { ["reason"] = what } }, cancellationToken);
    }
}
