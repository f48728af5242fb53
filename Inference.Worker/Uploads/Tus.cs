using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Inference.Uploads;

/// <summary>Names and numbers of tus 1.0.0 (https://tus.io/protocols/resumable-upload).</summary>
internal static class Tus
{
    public const string Version = "1.0.0";
    public const string ContentType = "application/offset+octet-stream";
    public const string Extensions = "creation,expiration,checksum,termination";
    public const string ChecksumAlgorithms = "sha1,sha256";

    /// <summary>The protocol's own status for bytes that are not what their checksum says.</summary>
    public const int ChecksumMismatch = 460;

    public const string Resumable = "Tus-Resumable";
    public const string Length = "Upload-Length";
    public const string Offset = "Upload-Offset";
    public const string Metadata = "Upload-Metadata";
    public const string Expires = "Upload-Expires";
    public const string Checksum = "Upload-Checksum";
    public const string DeferLength = "Upload-Defer-Length";
    public const string MethodOverride = "X-HTTP-Method-Override";

    /// <summary>Null where the request speaks this version.</summary>
    public static ProblemHttpResult? RefuseVersion(HttpContext context)
    {
        context.Response.Headers[Resumable] = Version;
        if (context.Request.Headers[Resumable] == Version)
        {
            return null;
        }

        context.Response.Headers["Tus-Version"] = Version;
        return ApiError.Result(
            StatusCodes.Status412PreconditionFailed, "tus_version", $"Uploads speak tus {Version}: send the header {Resumable}: {Version}.", Resumable);
    }

    /// <summary>A header with a number that is not negative; null where it is missing or is none.</summary>
    public static long? Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static void Describe(HttpResponse response, UploadRow upload)
    {
        response.Headers[Resumable] = Version;
        response.Headers[Offset] = upload.Received.ToString(CultureInfo.InvariantCulture);
        response.Headers[Expires] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }
}
