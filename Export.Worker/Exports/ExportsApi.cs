using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Export.Exports;

internal static class ExportsApi
{
    public static RouteGroupBuilder MapExportsApi(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/sessions/{id}/exports").RequireScope(Scopes.SessionsRead).WithTags("Exports");
        group.MapGet("/", ListAsync).WithName("ListExports").WithSummary("List a session's exports")
            .WithDescription("What was made of the conversation when it ended, with its summary.")
            .WithErrors("session_not_found")
            .WithResponseExample(
                """
                {"data":[{"id":"exp_019891f0d3e48f5a0b6c7d8e9f0a1b2c","kind":"session_summary","blob":"exports/2026-11-20/sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f.json",
                  "created_at":"2026-11-20T09:30:42+00:00","updated_at":"2026-11-20T09:30:42+00:00",
                  "summary":{"method":"extractive","language":"en","text":"The caller asked when the clinic is open.",
                    "sentences":[{"turn_sequence":1,"speaker":"user","text":"What time do you open?","score":0.42}],"topics":["opening hours"],"open_questions":[],
                    "counts":{"turns":1,"user_words":5,"assistant_words":15,"user_questions":1},"duration_seconds":41.25,"average_confidence":0.93,"median_voice_to_voice_ms":471}}]}
                """);
        return group;
    }

    /// <summary>Another organization's session is as unknown as one that never was.</summary>
    private static async Task<Results<Ok<ExportList>, ProblemHttpResult>> ListAsync(
        string id, ClaimsPrincipal user, ExportStore store, CancellationToken cancellationToken) =>
        await store.ListAsync(user.GetCaller().OrganizationId, id, cancellationToken) is { } exports
            ? TypedResults.Ok(new ExportList(exports))
            : ApiError.Result(StatusCodes.Status404NotFound, "session_not_found", "There is no such session.");
}
