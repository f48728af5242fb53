using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.SignIn;

/// <summary>What can be asked of, and done with, the sign-in that a request comes with.</summary>
internal static class CurrentSignInApi
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxFieldLength = 256;

    public static RouteGroupBuilder MapCurrentSignInApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/auth/me", Me).RequireKnown().WithTags("Sign-in").WithName("WhoAmI").WithSummary("Whose the credential is");
        var group = endpoints.MapGroup("/api/v1/auth").WithTags("Sign-in").RequireKnown().ForPeople().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapPost("/confirm", ConfirmAsync).WithName("ConfirmIdentity").WithSummary("Prove again who you are")
            .WithDescription("What is dangerous asks for a proof that is ten minutes old at most: a code where there is a second factor, else the password.")
            .WithErrors("not_confirmed", "too_many_sign_ins", "sessions_unavailable");
        group.MapPost("/switch", SwitchAsync).WithName("SwitchOrganization").WithSummary("Go to another organization of yours")
            .WithErrors("organization_not_found", "sessions_unavailable");
        return group;
    }

    private static Ok<Me> Me(ClaimsPrincipal user)
    {
        var caller = user.GetCaller();
        return TypedResults.Ok(new Me(caller.Subject, caller.Kind, caller.Name, caller.OrganizationId, caller.Role, [.. caller.Scopes.Names]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(
        ConfirmBody body, HttpContext context, [AsParameters] SignInServices services, CancellationToken cancellationToken)
    {
        var user = await services.Users.FindAsync(context.User.GetCaller().Subject, cancellationToken);
        if (user is null || (user.HasSecondFactor ? body.Code : body.Password) is not { Length: > 0 and <= MaxFieldLength } proof)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", $"Send '{(user?.HasSecondFactor is true ? "code" : "password")}'.");
        }

        if (await services.Throttle.RefuseCodeAsync(context, user.Id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var right = user.HasSecondFactor
            ? await services.SecondFactors.AcceptAsync(user.Id, proof, cancellationToken)
            : await services.Passwords.MatchesAsync(user.PasswordHash, proof, cancellationToken);
        await services.Audit.RecordAsync(
            AuditEvent.From(context, "identity.confirmed", result: right ? AuditResults.Succeeded : AuditResults.Denied), cancellationToken);
        if (!right)
        {
            return ApiError.Result(
                StatusCodes.Status403Forbidden, "not_confirmed", user.HasSecondFactor ? "The code is wrong, too old, or was used already." : "The password is wrong.");
        }

        await services.Throttle.CodeSucceededAsync(user.Id, cancellationToken);
        return await ChangeAsync(context, session => services.Sessions.ProveAsync(user.Id, session, cancellationToken)) ?? (Results<NoContent, ProblemHttpResult>)TypedResults.NoContent();
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> SwitchAsync(
        SwitchBody body, HttpContext context, [AsParameters] SignInServices services, CancellationToken cancellationToken)
    {
        var userId = context.User.GetCaller().Subject;
        if (body.OrganizationId is not { } id
            || await services.Memberships.FindAsync(userId, id, cancellationToken) is not { } membership
            || await services.Users.FindAsync(userId, cancellationToken) is not { } user)
        {
            return ApiError.Result(StatusCodes.Status404NotFound, "organization_not_found", "There is no such organization.");
        }

        if (await ChangeAsync(context, session => services.Sessions.SwitchOrganizationAsync(userId, session, id, cancellationToken)) is { } problem)
        {
            return problem;
        }

        await services.Memberships.RememberAsync(userId, id, cancellationToken);
        await services.Audit.RecordAsync(AuditEvent.From(context, id, new("user", userId), action: "organization.entered"), cancellationToken);
        return TypedResults.Ok(SignedIn.As(user, membership));
    }

    private static async Task<ProblemHttpResult?> ChangeAsync(HttpContext context, Func<string, Task<bool>> change)
    {
        try
        {
            return context.User.FindFirst(GatewayClaims.Session)?.Value is { } session && await change(session)
                ? null
                : CredentialProblem.Missing.AsResult();
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }
    }
}
