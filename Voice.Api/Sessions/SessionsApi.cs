using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Voice.Api.Http;
using Voice.Api.Replay;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Sessions;

internal static class SessionsApi
{
    public static RouteGroupBuilder MapSessionsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions").WithTags("Sessions").RequireScope(Scopes.SessionsRead);
        group.MapGet("/", ListAsync).WithName("ListSessions").WithSummary("List sessions")
            .WithDescription("The conversations of your organization, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", GetAsync).WithName("GetSession").WithSummary("Read a session")
            .WithDescription("A conversation with its turns and their latency by stage. Turns appear as they are completed.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapReplayApi();
        return group;
    }

    private static async Task<Results<Ok<Page<SessionSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, NpgsqlDataSource database, HttpContext context, CancellationToken cancellationToken)
    {
        if (!page.HasValidLimit)
        {
            return Problems.InvalidLimit();
        }

        SessionCursor? cursor = null;
        if (page.Cursor is not null && !SessionCursor.TryParse(page.Cursor, out cursor))
        {
            return Problems.InvalidCursor();
        }

        var rows = await SessionRow.ListAsync(
            database, context.User.GetCaller().OrganizationId, cursor, page.Count + 1, cancellationToken);
        var next = rows.Count > page.Count ? new SessionCursor(rows[page.Count - 1].StartedAt, rows[page.Count - 1].Id).ToString() : null;
        return TypedResults.Ok(new Page<SessionSummary>([.. rows.Take(page.Count).Select(SessionSummary.From)], next));
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
