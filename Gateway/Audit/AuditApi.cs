using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Audit;

internal static class AuditApi
{
    private const string List = "audit";

    // The first line of one, as a JSON string.
    private const string ExportExample =
        """
        "{\"type\":\"entry\",\"organization_id\":\"org_default\",\"sequence\":1,\"at\":\"2026-11-20T09:30:00.442740Z\",\"actor\":{\"kind\":\"user\",\"id\":\"user_019891f0a5b2\"},\"action\":\"sign_in\",\"target\":null,\"address\":\"203.0.113.7\",\"request_id\":\"req_019891f0a5b2\",\"result\":\"succeeded\",\"details\":{},\"previous_hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"hash\":\"2a0cffb2b197d2726ce4bacfb0d0db1905b0310070caaaa928a604369491f46b\"}\n"
        """;

    public static RouteGroupBuilder MapAuditApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/audit").WithTags("Audit").RequireScope(Scopes.AuditRead);
        group.MapGet("/", ListAsync).WithName("ListAuditEntries").WithSummary("List security-relevant acts")
            .WithDescription("What was done in your organization that matters to its security, newest first.")
            .WithErrors("invalid_limit", "invalid_cursor");
        group.MapGet("/export", ExportAsync).WithName("ExportAudit").WithSummary("Export the audit trail")
            .WithDescription("The whole trail as one JSON object a line, oldest first, and at the end a signed head. `voice audit verify FILE` checks it.")
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson")
            .WithResponseExample(ExportExample);
        group.MapGet("/keys", KeysAsync).WithName("ListAuditKeys").WithSummary("List the keys that audit heads are signed with");
        return group;
    }

    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, [AsParameters] AuditQuery query, PageCursors cursors, AuditReader reader, HttpContext context,
        CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        long? before = after is null ? null : long.Parse(after[0], CultureInfo.InvariantCulture);
        var entries = await reader.PageAsync(context.User.GetCaller().OrganizationId, Storable(query), before, page.Count + 1, cancellationToken);
        var cut = page.Cut(entries, entry => entry, last => cursors.Write(List, last.Sequence.ToString(CultureInfo.InvariantCulture)));
        return TypedResults.Ok(new AuditPage(cut.Data, cut.NextCursor));
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
}

/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Data, string? NextCursor);

internal sealed record AuditKeyList(IReadOnlyList<AuditPublicKey> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AuditKeyList))]
internal sealed partial class AuditApiJson : JsonSerializerContext;
