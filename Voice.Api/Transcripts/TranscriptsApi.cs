using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Voice.Api.Http;
using Voice.Api.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Transcripts;

internal static class TranscriptsApi
{
    public static RouteGroupBuilder MapTranscriptsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions/{id}/transcript").WithTags("Transcripts").RequireScope(Scopes.SessionsRead);
        group.MapGet("/", GetAsync).WithName("GetTranscript").WithSummary("Read a transcript")
            .WithDescription("The transcript document of a conversation that has ended.")
            .Produces<TranscriptDocument>(StatusCodes.Status200OK)
            .WithErrors("session_not_found", "transcript_not_found")
            .WithResponseExample(ApiExamples.Transcript);
        return group;
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetAsync(
        string id, NpgsqlDataSource database, TranscriptStore transcripts, HttpContext context, CancellationToken cancellationToken)
    {
        var session = await SessionRow.FindAsync(database, context.User.GetCaller().OrganizationId, id, cancellationToken);
        if (session is null)
        {
            return Problems.NotFound("session");
        }

        if (session.TranscriptBlob is null || await transcripts.OpenAsync(session.TranscriptBlob, cancellationToken) is not { } blob)
        {
            return ApiError.Result(
                StatusCodes.Status404NotFound, "transcript_not_found", "There is no transcript: it is written when the conversation ends.");
        }

        return TypedResults.Stream(
            blob.Content,
            TranscriptStore.ContentType,
            lastModified: blob.Details.LastModified,
            entityTag: new EntityTagHeaderValue(blob.Details.ETag.ToString("H")));
    }
}
