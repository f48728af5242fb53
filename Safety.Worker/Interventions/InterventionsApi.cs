using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Safety.Interventions;

internal static class InterventionsApi
{
    public static RouteGroupBuilder MapInterventionsApi(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/sessions/{id}/interventions").RequireScope(Scopes.SessionsRead).WithTags("Interventions");
        group.MapGet("/", ListAsync);
        return group;
    }

    /// <summary>Another organization's session is as unknown as one that never was.</summary>
    private static async Task<Results<Ok<InterventionList>, ProblemHttpResult>> ListAsync(
        string id, ClaimsPrincipal user, InterventionStore store, CancellationToken cancellationToken) =>
        await store.ListAsync(user.GetCaller().OrganizationId, id, cancellationToken) is { } interventions
            ? TypedResults.Ok(new InterventionList([.. interventions.Select(i => i.AsItem())]))
            : ApiError.Result(StatusCodes.Status404NotFound, "session_not_found", "There is no such session.");
}
