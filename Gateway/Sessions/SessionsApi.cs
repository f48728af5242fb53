using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Sessions;

/// <summary>Where a user is signed in, and the way out of each place. Only for users: keys have no sessions.</summary>
internal static class SessionsApi
{
    public static RouteGroupBuilder MapSignInSessionsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/auth/sessions").WithTags("Identity").RequireKnown().WithErrors(PeopleOnly.Code);
        group.MapGet("/", ListAsync).WithName("ListSignIns").WithSummary("List where you are signed in");
        group.MapDelete("/{id}", RevokeAsync).WithName("RevokeSignIn").WithSummary("Sign out one device").WithErrors("sign_in_not_found");
        group.MapDelete("/", RevokeOthersAsync).WithName("RevokeSignIns").WithSummary("Sign out all other devices");
        return group;
    }

    private static async Task<Results<Ok<SignInList>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal user, SignInSessions sessions, CancellationToken cancellationToken)
    {
        if (UserOf(user) is not { } id)
        {
            return OnlyUsers();
        }

        try
        {
            var current = user.FindFirst(GatewayClaims.Session)?.Value;
            var found = await sessions.ListAsync(id, cancellationToken);
            return TypedResults.Ok(new SignInList([.. found.Select(session => SignInItem.Of(session, current))]));
        }
        catch (SessionsUnavailableException)
        {
            return Away();
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, HttpContext context, SignInSessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (UserOf(context.User) is not { } userId)
        {
            return OnlyUsers();
        }

        try
        {
            if (!await sessions.RevokeAsync(userId, id, cancellationToken))
            {
                return ApiError.Result(StatusCodes.Status404NotFound, "sign_in_not_found", "You have no such sign-in. It may have ended already.");
            }
        }
        catch (SessionsUnavailableException)
        {
            return Away();
        }

        await audit.RecordAsync(AuditEvent.From(context, "sign_in.ended", new("session", id)), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeOthersAsync(
        HttpContext context, SignInSessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (UserOf(context.User) is not { } userId)
        {
            return OnlyUsers();
        }

        IReadOnlyList<string> ended;
        try
        {
            ended = await sessions.RevokeAllAsync(userId, context.User.FindFirst(GatewayClaims.Session)?.Value, cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            return Away();
        }

        var act = AuditEvent.From(context, "sign_ins.ended", new("user", userId)) with
        {
            Details = new Dictionary<string, string> { ["ended"] = ended.Count.ToString(CultureInfo.InvariantCulture) },
        };
        await audit.RecordAsync(act, cancellationToken);
        return TypedResults.NoContent();
    }

    private static string? UserOf(ClaimsPrincipal user) => user.GetCaller() is { Kind: "user" } caller ? caller.Subject : null;

    private static ProblemHttpResult OnlyUsers() =>
        ApiError.Result(StatusCodes.Status403Forbidden, "users_only", "Only a person who is signed in has sign-ins.");

    private static ProblemHttpResult Away() => ApiError.Result(
        CredentialProblem.SessionsAway.Status, CredentialProblem.SessionsAway.Code, CredentialProblem.SessionsAway.Message);
}
