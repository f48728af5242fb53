using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Voice.Api.Http;
using Voice.Api.Replay;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Sessions;

internal static class SessionsApi
{
    private const string List = "sessions";

    public static RouteGroupBuilder MapSessionsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions").WithTags("Sessions").RequireScope(Scopes.SessionsRead);
        group.MapGet("/", ListAsync).WithName("ListSessions").WithSummary("List sessions")
            .WithDescription("The conversations of your organization, newest first.")
            .WithErrors("invalid_limit", "invalid_cursor")
            .WithResponseExample(ApiExamples.Sessions);
        group.MapGet("/{id}", GetAsync).WithName("GetSession").WithSummary("Read a session")
            .WithDescription("A conversation with its turns and their latency by stage. Turns appear as they are completed.")
            .WithErrors("session_not_found")
            .WithResponseExample(ApiExamples.Session);
        routes.MapReplayApi();
        return group;
    }

    private static async Task<Results<Ok<Page<SessionSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, PageCursors cursors, NpgsqlDataSource database, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await SessionRow.ListAsync(
            database, context.User.GetCaller().OrganizationId, after is null ? null : new SessionCursor(PageCursors.Moment(after[0]), after[1]), page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(rows, SessionSummary.From, last => cursors.Write(List, PageCursors.Moment(last.StartedAt), last.Id)));
    }

    private static async Task<Results<Ok<SessionDetail>, ProblemHttpResult>> GetAsync(
        string id, NpgsqlDataSource database, HttpContext context, CancellationToken cancellationToken)
    {
        var session = await SessionRow.FindAsync(database, context.User.GetCaller().OrganizationId, id, cancellationToken);
        if (session is null)
        {
            return Problems.NotFound("session");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var turns = await TurnRow.ReadAsync(connection, transaction: null, id, cancellationToken);
        return TypedResults.Ok(SessionDetail.From(session, turns));
    }
}
