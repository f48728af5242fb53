using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Voice.ServiceDefaults.Errors;

namespace Voice.ServiceDefaults.Http;

/// <summary>
/// Nobody overwrites what they have not read. What can be changed has a version; reads tell it as <c>ETag</c>, changes repeat it as
/// <c>If-Match</c>. Without it a change is a 428, with another version a 412.
/// </summary>
public static class EntityTags
{
    /// <summary>
    /// On a read: answers 304 to who has this version (<c>If-None-Match</c>); the handler calls <see cref="SetEntityTag"/>. On a change:
    /// 428 without <c>If-Match</c>; the handler calls <see cref="CheckEntityTag"/>, inside the transaction that changes.
    /// </summary>
    public static RouteHandlerBuilder WithEntityTag(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new EntityTagMetadata()).AddEndpointFilter<EntityTagFilter>();

    public static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>For what has no version but a time of its last change.</summary>
    public static string TagOf(DateTimeOffset changedAt) => string.Create(CultureInfo.InvariantCulture, $"\"{changedAt.UtcTicks:x}\"");

    public static void SetEntityTag(this HttpContext context, string tag) => context.Response.Headers.ETag = tag;

    /// <param name="current">Of the row that is about to change, read with a lock.</param>
    /// <returns>Null where the client has read this version.</returns>
    public static ProblemHttpResult? CheckEntityTag(this HttpContext context, string current)
    {
        if (context.Request.Headers.IfMatch is not { Count: > 0 } header)
        {
            return Required();
        }

        return EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags)
            && tags.Any(tag => tag.Tag == "*" || (!tag.IsWeak && tag.Tag == current))
            ? null
            : ApiError.Result(
                StatusCodes.Status412PreconditionFailed, "version_mismatch", "It was changed since you read it: read it again, and send its ETag as If-Match.", "If-Match");
    }

    internal static ProblemHttpResult Required() => ApiError.Result(
        StatusCodes.Status428PreconditionRequired, "version_required", "Say which version you change: send the ETag that you read as If-Match.", "If-Match");
}
