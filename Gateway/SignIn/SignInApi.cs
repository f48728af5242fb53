using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.OpenId;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.SignIn;

/// <summary>
/// The ways in. Each takes a form (and then answers with redirects, so that the pages work without scripts) or JSON. A wrong password
/// and an unknown account are the same answer after the same work.
/// </summary>
internal static partial class SignInApi
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxFieldLength = 256;

    public static RouteGroupBuilder MapSignInApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/auth").WithTags("Sign-in").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapPost("/sign-in", SignInAsync).AllowAnonymous().WithName("SignIn").WithSummary("Sign in with e-mail and password")
            .WithDescription("Begins a session in a browser: the answer sets its cookie. A form instead of JSON is answered with redirects, for the sign-in page.")
            .WithBody("application/json", """{"type":"object","required":["email","password"],"properties":{"email":{"type":"string","maxLength":256},"password":{"type":"string","maxLength":256}}}""")
            .Produces(StatusCodes.Status302Found).WithResponseHeader("Location", StatusCodes.Status302Found)
            .WithErrors("invalid_request", "invalid_sign_in", "too_many_sign_ins", "sessions_unavailable")
            .WithRequestExample("""{"email":"ada@example.com","password":"correct horse battery staple"}""");
        group.MapPost("/second-factor", SecondFactorAsync).AllowAnonymous().WithName("SignInSecondFactor").WithSummary("Finish a sign-in with a code")
            .WithBody("application/json", """{"type":"object","properties":{"challenge":{"type":"string","description":"Of the answer to the password; browsers have it in a cookie."},"code":{"type":"string"},"recovery_code":{"type":"string"}}}""")
            .WithRequestExample("""{"challenge":"kq3vXJ0Yb2x1bm5hbWVk","code":"123456"}""")
            .Produces(StatusCodes.Status302Found).WithResponseHeader("Location", StatusCodes.Status302Found)
            .WithErrors("invalid_challenge", "invalid_code", "too_many_sign_ins", "sessions_unavailable");
        group.MapPost("/sign-out", SignOutAsync).RequireKnown().WithName("SignOut").WithSummary("Sign out")
            .WithDescription("Ends the session of this browser.").WithErrors("sessions_unavailable");
        return group;
    }

    private static async Task<Results<Ok<SignedIn>, Ok<SecondFactorNeeded>, RedirectHttpResult, ProblemHttpResult>> SignInAsync(
        HttpContext context, [AsParameters] SignInServices services, CancellationToken cancellationToken)
    {
        var input = await SignInInput.ReadAsync(context.Request, cancellationToken);
        if (input.Field("email", MaxFieldLength) is not { } email || input.Field("password", MaxFieldLength) is not { } password)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", "Send 'email' and 'password' as a form or as JSON.");
        }

        var address = ClientAddress.Of(context);
        var account = email.ToLowerInvariant();
        var wait = await services.Throttle.BeginSignInAsync(address, account, cancellationToken);
        if (SignInThrottleExtensions.Refusal(context, wait) is { } tooMany)
        {
            Log.Throttled(services.Logger, address);
            return input.ByForm ? Back("/sign-in", "throttled", input) : tooMany;
        }

        if (await services.Passwords.VerifyAsync(email, password, cancellationToken) is not { } user)
        {
            Log.Refused(services.Logger, address);
            await services.Audit.RecordAsync(AuditEvent.From(context, "sign_in", result: AuditResults.Denied), cancellationToken);
            return input.ByForm
                ? Back("/sign-in", "invalid", input)
                : ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_sign_in", "E-mail or password is wrong.");
        }

        await services.Throttle.SucceededAsync(address, account, cancellationToken);
        if (user.HasSecondFactor)
        {
            var needed = services.Challenges.Issue(user);
            ChallengeCookie.Write(context, needed);
            return input.ByForm ? TypedResults.LocalRedirect($"/sign-in/code?return_url={Uri.EscapeDataString(ReturnUrl.Local(input.ReturnUrl))}") : TypedResults.Ok(needed);
        }

        return await services.Completion.FinishAsync(context, user, "password", cancellationToken) switch
        {
            { } when input.ByForm => TypedResults.LocalRedirect(ReturnUrl.Local(input.ReturnUrl)),
            { } signedIn => TypedResults.Ok(signedIn),
            null when input.ByForm => Back("/sign-in", "unavailable", input),
            null => CredentialProblem.SessionsAway.AsResult(),
        };
    }

    private static async Task<Results<Ok<SignedIn>, RedirectHttpResult, ProblemHttpResult>> SecondFactorAsync(
        HttpContext context, [AsParameters] SignInServices services, CancellationToken cancellationToken)
    {
        var input = await SignInInput.ReadAsync(context.Request, cancellationToken);
        var challenge = input.Field("challenge", ChallengeCookie.MaxLength) ?? ChallengeCookie.Read(context);
        var code = input.Field("code", MaxFieldLength) ?? input.Field("recovery_code", MaxFieldLength);
        if (code is null || challenge is null)
        {
            return input.ByForm
                ? Back("/sign-in", "expired", input)
                : ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", "Send 'challenge' and 'code' or 'recovery_code'.");
        }

        if (await FindAsync(services, challenge, cancellationToken) is not var (first, user))
        {
            ChallengeCookie.Remove(context);
            return input.ByForm
                ? Back("/sign-in", "expired", input)
                : ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_challenge", "The sign-in has to begin again with the password.");
        }

        if (await services.Throttle.RefuseCodeAsync(context, user.Id, cancellationToken) is { } tooMany)
        {
            Log.Throttled(services.Logger, ClientAddress.Of(context));
            return input.ByForm ? Back("/sign-in/code", "throttled", input) : tooMany;
        }

        if (!await services.SecondFactors.AcceptAsync(user.Id, code, cancellationToken))
        {
            Log.Refused(services.Logger, ClientAddress.Of(context));
            await services.Audit.RecordAsync(
                AuditEvent.From(context, user.LastOrganizationId ?? CurrentCaller.PlatformOrganization, new("user", user.Id), "second_factor", result: AuditResults.Denied),
                cancellationToken);
            return input.ByForm
                ? Back("/sign-in/code", "invalid", input)
                : ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_code", "The code is wrong, too old, or was used already.");
        }

        await services.Throttle.CodeSucceededAsync(user.Id, cancellationToken);
        ChallengeCookie.Remove(context);
        if (first.Link is { } link && !await services.Logins.LinkAsync(context, user, link, cancellationToken))
        {
            return input.ByForm
                ? Back("/sign-in", OpenIdErrors.Taken, input)
                : ApiError.Result(StatusCodes.Status409Conflict, "provider_taken", "That account of the provider leads into another account here.");
        }

        return await services.Completion.FinishAsync(context, user, $"{first.Method}+totp", cancellationToken) switch
        {
            { } when input.ByForm => TypedResults.LocalRedirect(ReturnUrl.Local(input.ReturnUrl)),
            { } signedIn => TypedResults.Ok(signedIn),
            null when input.ByForm => Back("/sign-in", "unavailable", input),
            null => CredentialProblem.SessionsAway.AsResult(),
        };
    }

    private static async Task<Results<NoContent, RedirectHttpResult, ProblemHttpResult>> SignOutAsync(
        HttpContext context, BrowserSession browser, AuditTrail audit, CancellationToken cancellationToken)
    {
        var target = context.User.FindFirst(GatewayClaims.Session)?.Value is { } session ? new AuditParty("session", session) : null;
        try
        {
            await browser.SignOutAsync(context, cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }

        await audit.RecordAsync(AuditEvent.From(context, "sign_out", target), cancellationToken);
        return context.Request.HasFormContentType ? TypedResults.LocalRedirect("/sign-in") : TypedResults.NoContent();
    }

    /// <summary>Who made the first proof, unless the password has changed since.</summary>
    private static async Task<(SignInChallenge First, UserAccount User)?> FindAsync(SignInServices services, string challenge, CancellationToken cancellationToken) =>
        services.Challenges.Read(challenge) is { } first
        && await services.Users.FindAsync(first.UserId, cancellationToken) is { DisabledAt: null, HasSecondFactor: true } user && user.SecurityStamp == first.Stamp
            ? (first, user)
            : null;

    private static RedirectHttpResult Back(string page, string error, SignInInput input) => TypedResults.LocalRedirect(
        $"{page}?error={error}&return_url={Uri.EscapeDataString(ReturnUrl.Local(input.ReturnUrl))}");
}
