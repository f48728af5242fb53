using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
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
        string id, ClaimsPrincipal user, SignInSessions sessions, CancellationToken cancellationToken)
    {
        if (UserOf(user) is not { } userId)
        {
            return OnlyUsers();
        }

        try
        {
            return await sessions.RevokeAsync(userId, id, cancellationToken)
                ? TypedResults.NoContent()
                : ApiError.Result(StatusCodes.Status404NotFound, "sign_in_not_found", "You have no such sign-in. It may have ended already.");
        }
        catch (SessionsUnavailableException)
        {
            return Away();
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeOthersAsync(
        ClaimsPrincipal user, SignInSessions sessions, CancellationToken cancellationToken)
    {
        if (UserOf(user) is not { } userId)
        {
            return OnlyUsers();
        }

        try
        {
            await sessions.RevokeAllAsync(userId, user.FindFirst(GatewayClaims.Session)?.Value, cancellationToken);
            return TypedResults.NoContent();
        }
        catch (SessionsUnavailableException)
        {
            return Away();
        }
    }

    private static string? UserOf(ClaimsPrincipal user) => user.GetCaller() is { Kind: "user" } caller ? caller.Subject : null;

    private static ProblemHttpResult OnlyUsers() =>
        ApiError.Result(StatusCodes.Status403Forbidden, "users_only", "Only a person who is signed in has sign-ins.");

    private static ProblemHttpResult Away() => ApiError.Result(
        CredentialProblem.SessionsAway.Status, CredentialProblem.SessionsAway.Code, CredentialProblem.SessionsAway.Message);
}
