using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Safety.Interventions;

internal static class InterventionsApi
{
    public static RouteGroupBuilder MapInterventionsApi(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/sessions/{id}/interventions").RequireScope(Scopes.SessionsRead).WithTags("Interventions");
        group.MapGet("/", ListAsync).WithName("ListInterventions").WithSummary("List a session's interventions")
            .WithDescription("What the safety guard found in the conversation, and what it said and offered. Also while the conversation goes on.")
            .WithErrors("session_not_found")
            .WithResponseExample(
                """
                {"data":[{"id":"int_019891f0c2d37e4f9a5b6c7d8e9f0a1b","turn_id":"turn_019891f0b1c27d3e8f4a5b6c7d8e9f0a","category":"self_harm","severity":"high","language":"en",
                  "matched_layer":"lexicon","message":"You do not have to go through this alone.","resources":[{"name":"988 Suicide & Crisis Lifeline","contact":"988","url":"https://988lifeline.org"}],
                  "occurred_at":"2026-11-20T09:30:04.1+00:00"}]}
                """);
        return group;
    }

    /// <summary>Another organization's session is as unknown as one that never was.</summary>
    private static async Task<Results<Ok<InterventionList>, ProblemHttpResult>> ListAsync(
        string id, ClaimsPrincipal user, InterventionStore store, CancellationToken cancellationToken) =>
        await store.ListAsync(user.GetCaller().OrganizationId, id, cancellationToken) is { } interventions
            ? TypedResults.Ok(new InterventionList([.. interventions.Select(i => i.AsItem())]))
            : ApiError.Result(StatusCodes.Status404NotFound, "session_not_found", "There is no such session.");
}
