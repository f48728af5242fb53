using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Voice.Api.Http;
using Voice.Api.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Recordings;

internal static class RecordingsApi
{
    public static RouteGroupBuilder MapRecordingsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sessions/{id}/recording").WithTags("Recordings").RequireScope(Scopes.SessionsRead);
        group.MapGet("/", GetLinkAsync).WithName("GetRecording").WithSummary("Get a download link")
            .WithDescription("A link to the recording that works without a credential for 15 minutes. Also while the conversation goes on.")
            .WithErrors("session_not_found", "recording_not_found")
            .WithResponseExample(ApiExamples.Recording);
        // The signature is the credential, so that an audio element or a download manager can use the link.
        group.MapGet("/content", GetContentAsync).WithName("GetRecordingContent").WithSummary("Download a recording")
            .WithDescription("Stereo WAV, the user left, the assistant right. Ranges are supported. The address comes from the download link.")
            .Produces(StatusCodes.Status200OK, contentType: RecordingFormat.ContentType)
            .Produces(StatusCodes.Status206PartialContent, contentType: RecordingFormat.ContentType)
            .WithErrors("invalid_signature", "link_expired", "recording_not_found")
            .AllowAnonymous();
        return group;
    }

    private static async Task<Results<Ok<RecordingLink>, ProblemHttpResult>> GetLinkAsync(
        string id, [AsParameters] RecordingsServices services, HttpContext context, CancellationToken cancellationToken)
    {
        var session = await SessionRow.FindAsync(services.Database, context.User.GetCaller().OrganizationId, id, cancellationToken);
        if (session?.RecordingBlob is null)
        {
            return Problems.NotFound(session is null ? "session" : "recording");
        }

        var expires = (services.Time.GetUtcNow() + services.Options.Value.RecordingLinkLifetime).ToUnixTimeSeconds();
        var signature = services.Signatures.Sign(session.Id, expires);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new RecordingLink(
            $"/api/v1/sessions/{Uri.EscapeDataString(session.Id)}/recording/content?expires={expires}&signature={signature}",
            DateTimeOffset.FromUnixTimeSeconds(expires),
            RecordingFormat.ContentType));
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetContentAsync(
        string id, long? expires, string? signature, [AsParameters] RecordingsServices services, HttpContext context, CancellationToken cancellationToken)
    {
        // First whether the link is ours, then whether it is still good: an unsigned expiry says nothing.
        if (expires is null || signature is null || !services.Signatures.IsValid(id, expires.Value, signature))
        {
            return ApiError.Result(StatusCodes.Status403Forbidden, "invalid_signature", "The signature of this link is not valid.");
        }

        if (services.Time.GetUtcNow().ToUnixTimeSeconds() >= expires)
        {
            return ApiError.Result(StatusCodes.Status410Gone, "link_expired", "This link has expired; ask for a new one.");
        }

        var session = await SessionRow.FindAsync(services.Database, id, cancellationToken);
        if (session?.RecordingBlob is not { } name || await services.Recordings.OpenAsync(name, cancellationToken) is not { } content)
        {
            return Problems.NotFound("recording");
        }

        // A live recording changes every two seconds; what was fetched must be asked about again.
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{session.Id}.wav\"";
        return TypedResults.Stream(
            content.Stream,
            RecordingFormat.ContentType,
            lastModified: content.LastModified,
            entityTag: new EntityTagHeaderValue(content.ETag),
            enableRangeProcessing: true);
    }
}
