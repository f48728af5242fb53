using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Voice.Api.Http;
using Voice.Api.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Replay;

internal static class ReplayApi
{
    public static RouteGroupBuilder MapReplayApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions/{id}").WithTags("Replay");
        group.MapGet("/log", GetLogAsync).RequireScope(Scopes.SessionsRead).WithName("GetSessionLog").WithSummary("Download a session's log")
            .WithDescription("Everything that entered the engine, in order: audio, client events, what providers said. Also while the conversation goes on. Its format is in docs/specs/replay.md.")
            .Produces(StatusCodes.Status200OK, contentType: SessionLogStore.ContentType)
            .WithErrors("session_not_found", "session_log_not_found");
        group.MapPost("/replays", ReplayAsync).RequireScope(Scopes.SessionsWrite).WithName("ReplaySession").WithSummary("Hold a session again")
            .WithDescription(
                "Runs the session's log through the engine of today in virtual time, and compares turns, replies and latencies with the record. Without agent_version everything is "
                + "as recorded. With it the real model is asked anew as that version of the agent; what the user said is taken from the log, and tools answer as they did.")
            .WithErrors("session_not_found", "session_log_not_found", "agent_version_not_found", "session_log_incomplete")
            .WithIdempotencyKey()
            .WithRequestExample("""{"agent_version":4}""")
            .WithResponseExample(ApiExamples.Replay);
        return group;
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetLogAsync(
        string id, NpgsqlDataSource database, SessionLogStore logs, HttpContext context, CancellationToken cancellationToken)
    {
        var session = await SessionRow.FindAsync(database, context.User.GetCaller().OrganizationId, id, cancellationToken);
        var log = session is null ? null : await logs.OpenAsync(session.OrganizationId, session.Id, cancellationToken);
        return log is null
            ? Problems.NotFound(session is null ? "session" : "session_log")
            : TypedResults.File(log, SessionLogStore.ContentType, $"{id}.log");
    }

    private static async Task<Results<Ok<ReplayReport>, ProblemHttpResult>> ReplayAsync(
        string id, ReplayRequest request, NpgsqlDataSource database, SessionReplays replays, HttpContext context, CancellationToken cancellationToken)
    {
        var session = await SessionRow.FindAsync(database, context.User.GetCaller().OrganizationId, id, cancellationToken);
        if (session is null)
        {
            return Problems.NotFound("session");
        }

        try
        {
            return await replays.ReplayAsync(session, request.AgentVersion, cancellationToken) is { } report
                ? TypedResults.Ok(report)
                : Problems.NotFound("session_log");
        }
        catch (KeyNotFoundException)
        {
            return Problems.NotFound("agent_version");
        }
        catch (InvalidDataException exception)
        {
            return ApiError.Result(StatusCodes.Status409Conflict, "session_log_incomplete", exception.Message);
        }
    }
}
