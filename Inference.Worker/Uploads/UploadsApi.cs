using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Uploads;

/// <summary>
/// <c>/api/v1/uploads</c>: tus 1.0.0 with creation, expiration, checksum and termination, so that any tus client uploads. Its requests are that protocol's, and
/// described there; the API document has what is ours.
/// </summary>
internal static class UploadsApi
{
    public const string Path = "/api/v1/uploads";

    public static RouteGroupBuilder MapUploadsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Uploads").RequireScope(Scopes.SpeechUse);
        group.MapMethods("/", [HttpMethods.Options], Options).ExcludeFromDescription();
        group.MapPost("/", CreateAsync).ExcludeFromDescription();
        group.MapMethods("/{id}", [HttpMethods.Head], HeadAsync).ExcludeFromDescription();
        group.MapPatch("/{id}", AppendAsync).ExcludeFromDescription();
        group.MapPost("/{id}", OverrideAsync).ExcludeFromDescription();
        group.MapGet("/{id}", GetAsync).WithName("GetUpload").WithSummary("Read an upload")
            .WithDescription("How much of the file is there. Files are sent by the tus protocol, version 1.0.0 (https://tus.io), at /api/v1/uploads: any tus client does.")
            .WithErrors("upload_not_found")
            .WithResponseExample(
                """
                {"id":"upl_019891f0d3e48f5a0b6c7d8e9f0a1b2c","status":"complete","length":2764800044,"offset":2764800044,"file_name":"meeting.wav","content_type":"audio/wav",
                  "created_at":"2026-11-20T09:30:41+00:00","expires_at":"2026-11-27T09:34:02+00:00","completed_at":"2026-11-20T09:34:02+00:00"}
                """);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteUpload").WithSummary("Delete an upload")
            .WithDescription("The file is gone at once, whole or not. Jobs that have begun to read it may fail; those that have read it go on.")
            .WithErrors("upload_not_found");
        return group;
    }

    private static NoContent Options(HttpContext context, IOptions<UploadOptions> options)
    {
        var headers = context.Response.Headers;
        headers[Tus.Resumable] = headers["Tus-Version"] = Tus.Version;
        headers["Tus-Extension"] = Tus.Extensions;
        headers["Tus-Checksum-Algorithm"] = Tus.ChecksumAlgorithms;
        headers["Tus-Max-Size"] = options.Value.MaxBytes.ToString(CultureInfo.InvariantCulture);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created, ProblemHttpResult>> CreateAsync(
        HttpContext context, UploadStore uploads, IOptions<UploadOptions> options, CancellationToken cancellationToken)
    {
        if (Tus.RefuseVersion(context) is { } refusal)
        {
            return refusal;
        }

        if (Tus.Number(context.Request, Tus.Length) is not { } length)
        {
            return Refuse("invalid_value", $"{Tus.Length} must say how many bytes the file has; a length that is not known in advance is not taken.", Tus.Length);
        }

        if (length > options.Value.MaxBytes)
        {
            return ApiError.Result(StatusCodes.Status413PayloadTooLarge, "payload_too_large", $"An upload has at most {options.Value.MaxBytes} bytes.", Tus.Length);
        }

        if (!TusMetadata.TryParse(context.Request.Headers[Tus.Metadata], out var metadata))
        {
            return Refuse("invalid_value", $"{Tus.Metadata} must be keys, each with a base64 value after a space, with commas between; 4096 characters at most.", Tus.Metadata);
        }

        var caller = context.User.GetCaller();
        if (await uploads.CreateAsync(caller.OrganizationId, caller.Subject, length, metadata, cancellationToken) is not { } upload)
        {
            return ApiError.Result(StatusCodes.Status409Conflict, "uploads_full", "Your organization's uploads take all the room that they may. Delete some, or wait until they expire.");
        }

        // An empty file is whole at once.
        Tus.Describe(context.Response, await uploads.CompleteAsync(upload, cancellationToken));
        return TypedResults.Created($"{Path}/{upload.Id}");
    }

    private static async Task<Results<Ok, ProblemHttpResult>> HeadAsync(string id, HttpContext context, UploadStore uploads, CancellationToken cancellationToken)
    {
        if (Tus.RefuseVersion(context) is { } refusal)
        {
            return refusal;
        }

        if (await uploads.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is not { } upload)
        {
            return NotFound();
        }

        // A worker that died between the last byte and this.
        upload = await uploads.CompleteAsync(upload, cancellationToken);
        Tus.Describe(context.Response, upload);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers[Tus.Length] = upload.Length.ToString(CultureInfo.InvariantCulture);
        if (upload.Metadata is { } metadata)
        {
            context.Response.Headers[Tus.Metadata] = metadata;
        }

        return TypedResults.Ok();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AppendAsync(
        string id, HttpContext context, UploadStore uploads, UploadWriter writer, IOptions<UploadOptions> options, CancellationToken cancellationToken)
    {
        if (Tus.RefuseVersion(context) is { } refusal)
        {
            return refusal;
        }

        if (context.Request.ContentType != Tus.ContentType)
        {
            return ApiError.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"Send the bytes as {Tus.ContentType}.", "Content-Type");
        }

        if (Tus.Number(context.Request, Tus.Offset) is not { } offset)
        {
            return Refuse("invalid_value", $"{Tus.Offset} must say where in the file the bytes begin.", Tus.Offset);
        }

        if (await uploads.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is not { } upload)
        {
            return NotFound();
        }

        if (upload.Received != offset)
        {
            return Elsewhere();
        }

        if (context.Request.ContentLength > upload.Length - offset)
        {
            return TooLong(upload);
        }

        UploadChecksum? checksum = null;
        if (context.Request.Headers[Tus.Checksum] is [{ } header])
        {
            checksum = UploadChecksum.TryParse(header);
            if (checksum is null)
            {
                return Refuse("invalid_value", $"{Tus.Checksum} must be one of {Tus.ChecksumAlgorithms}, a space, and the checksum in base64.", Tus.Checksum);
            }
        }

        using (checksum)
        {
            // The upload's own length is what bounds the body; the server would stop it at 30 MB.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = options.Value.MaxBytes;
            }

            var appended = await writer.AppendAsync(upload, context.Request.Body, checksum, cancellationToken);
            return await AnswerAsync(context, uploads, upload, appended, cancellationToken);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AnswerAsync(
        HttpContext context, UploadStore uploads, UploadRow before, UploadAppended appended, CancellationToken cancellationToken)
    {
        switch (appended.Outcome)
        {
            case UploadOutcome.Elsewhere:
                return Elsewhere();
            case UploadOutcome.TooLong:
                return TooLong(before);
            case UploadOutcome.TooManyPieces:
                return Refuse("upload_in_pieces", $"A file is sent in at most {UploadStore.MaxBlocks} pieces. Begin again, with larger ones.");
            case UploadOutcome.WrongChecksum:
                return ApiError.Result(Tus.ChecksumMismatch, "checksum_mismatch", "The bytes are not those of their checksum; none of them were kept. Send them again.", Tus.Checksum);
            case UploadOutcome.Broken:
                // Nobody hears this; it says in the log what became of the request.
                return Refuse("invalid_request", "The request ended before its body did. What came is kept; ask with HEAD how much that is.");
        }

        if (await uploads.FindAsync(before.OrganizationId, before.Id, cancellationToken) is not { } upload)
        {
            return NotFound();
        }

        Tus.Describe(context.Response, await uploads.CompleteAsync(upload, cancellationToken));
        return TypedResults.NoContent();
    }

    /// <summary>For clients behind something that lets only GET and POST through, as the protocol demands.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> OverrideAsync(
        string id, HttpContext context, UploadStore uploads, UploadWriter writer, IOptions<UploadOptions> options, CancellationToken cancellationToken) =>
        context.Request.Headers[Tus.MethodOverride].ToString() switch
        {
            "PATCH" => await AppendAsync(id, context, uploads, writer, options, cancellationToken),
            "DELETE" => await DeleteAsync(id, context, uploads, cancellationToken),
            _ => ApiError.Result(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"POST is for {Path}; here it needs {Tus.MethodOverride}: PATCH or DELETE."),
        };

    private static async Task<Results<Ok<UploadView>, ProblemHttpResult>> GetAsync(string id, HttpContext context, UploadStore uploads, CancellationToken cancellationToken) =>
        await uploads.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is { } upload ? TypedResults.Ok(UploadView.From(upload)) : NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, HttpContext context, UploadStore uploads, CancellationToken cancellationToken)
    {
        context.Response.Headers[Tus.Resumable] = Tus.Version;
        return await uploads.DeleteAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) ? TypedResults.NoContent() : NotFound();
    }

    private static ProblemHttpResult NotFound() =>
        ApiError.Result(StatusCodes.Status404NotFound, "upload_not_found", "There is no such upload; it may have expired.");

    private static ProblemHttpResult Elsewhere() => ApiError.Result(
        StatusCodes.Status409Conflict, "offset_mismatch", "The upload goes on somewhere else: ask with HEAD where, and send the bytes from there.", Tus.Offset);

    private static ProblemHttpResult TooLong(UploadRow upload) => ApiError.Result(
        StatusCodes.Status413PayloadTooLarge, "payload_too_large", $"The upload was said to have {upload.Length} bytes, and these are more.", Tus.Offset);

    private static ProblemHttpResult Refuse(string code, string detail, string? param = null) => ApiError.Result(StatusCodes.Status400BadRequest, code, detail, param);
}
