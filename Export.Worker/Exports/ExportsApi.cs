using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Export.Exports;

internal static class ExportsApi
{
    public static RouteGroupBuilder MapExportsApi(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/sessions/{id}/exports").RequireScope(Scopes.SessionsRead).WithTags("Exports");
        group.MapGet("/", ListAsync);
        return group;
    }

    /// <summary>Another organization's session is as unknown as one that never was.</summary>
    private static async Task<Results<Ok<ExportList>, ProblemHttpResult>> ListAsync(
        string id, ClaimsPrincipal user, ExportStore store, CancellationToken cancellationToken) =>
        await store.ListAsync(user.GetCaller().OrganizationId, id, cancellationToken) is { } exports
            ? TypedResults.Ok(new ExportList(exports))
            : ApiError.Result(StatusCodes.Status404NotFound, "session_not_found", "There is no such session.");
}
