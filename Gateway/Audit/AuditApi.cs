using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Audit;

internal static class AuditApi
{
    public static RouteGroupBuilder MapAuditApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/audit").WithTags("Audit").RequireScope(Scopes.AuditRead);
        group.MapGet("/", ListAsync).WithName("ListAuditEntries").WithSummary("List security-relevant acts")
            .WithDescription("What was done in your organization that matters to its security, newest first.")
            .WithErrors("invalid_limit", "invalid_cursor");
        group.MapGet("/export", ExportAsync).WithName("ExportAudit").WithSummary("Export the audit trail")
            .WithDescription("The whole trail as one JSON object a line, oldest first, and at the end a signed head. `voice audit verify FILE` checks it.")
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson");
        group.MapGet("/keys", KeysAsync).WithName("ListAuditKeys").WithSummary("List the keys that audit heads are signed with");
        return group;
    }

    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> ListAsync(
        [AsParameters] AuditQuery query, AuditReader reader, HttpContext context, CancellationToken cancellationToken)
    {
        if (query.Count is < 1 or > AuditQuery.MaxLimit)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_limit", $"limit must be between 1 and {AuditQuery.MaxLimit}.", "limit");
        }

        long? before = null;
        if (query.Cursor is not null && (before = ParseCursor(query.Cursor)) is null)
        {
            return ApiError.Result(
                StatusCodes.Status400BadRequest, "invalid_cursor", "cursor is not one that this API gave out; take next_cursor of the page before, unchanged.", "cursor");
        }

        var entries = await reader.PageAsync(context.User.GetCaller().OrganizationId, Storable(query), before, cancellationToken);
        var next = entries.Count > query.Count ? Cursor(entries[query.Count - 1].Sequence) : null;
        return TypedResults.Ok(new AuditPage([.. entries.Take(query.Count)], next));
    }

    private static async Task ExportAsync(AuditReader reader, AuditTrail trail, HttpContext context, CancellationToken cancellationToken)
    {
        // Itself an act worth knowing of; recorded first, so that every export holds its own.
        await trail.RecordAsync(AuditEvent.From(context, "audit.export"), cancellationToken);
        var organization = context.User.GetCaller().OrganizationId;
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{organization}.ndjson\"";
        await reader.ExportAsync(
            organization,
            entry => WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(entry, AuditJson.Default.AuditEntry), cancellationToken),
            head => WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(head, AuditJson.Default.AuditHead), cancellationToken),
            cancellationToken);
    }

    private static async Task<Ok<AuditKeyList>> KeysAsync(AuditKeys keys, CancellationToken cancellationToken)
    {
        await keys.CurrentAsync(cancellationToken);
        return TypedResults.Ok(new AuditKeyList([.. (await keys.ListAsync(cancellationToken)).Where(key => key.CanSign).Select(key => key.AsPublic())]));
    }

    private static async ValueTask WriteAsync(HttpContext context, byte[] json, CancellationToken cancellationToken)
    {
        context.Response.BodyWriter.Write(json);
        context.Response.BodyWriter.Write("\n"u8);
        // A line at a time would be a packet at a time.
        if (context.Response.BodyWriter.UnflushedBytes > 16 * 1024)
        {
            await context.Response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    // PostgreSQL has no NUL in its texts; nothing was ever recorded with one.
    private static AuditQuery Storable(AuditQuery query) => query with
    {
        Action = query.Action?.Replace('\0', '?'),
        Actor = query.Actor?.Replace('\0', '?'),
        Result = query.Result?.Replace('\0', '?'),
    };

    private static string Cursor(long sequence)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sequence);
        return Base64Url.EncodeToString(bytes);
    }

    private static long? ParseCursor(string cursor)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return cursor.Length == 11 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var length) && length == sizeof(long)
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is var sequence and > 0
            ? sequence
            : null;
    }
}

/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Data, string? NextCursor);

internal sealed record AuditKeyList(IReadOnlyList<AuditPublicKey> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AuditKeyList))]
internal sealed partial class AuditApiJson : JsonSerializerContext;
