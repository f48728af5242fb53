using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Mail;

/// <summary>
/// The mails of the last days. They open accounts: only an owner of the installation's own organization reads them, and that is written
/// into the audit trail. For owners of other organizations there is no such page.
/// </summary>
internal static class OutboxApi
{
    private const string Name = "mails";

    public static RouteGroupBuilder MapOutboxApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/outbox").WithTags("Outbox").RequireScope(Scopes.OrganizationManage).WithErrors("unknown_route");
        group.AddEndpointFilter(async (invocation, next) =>
            invocation.HttpContext.User.GetCaller() is { Kind: "user", Role: Roles.Owner, OrganizationId: SeedAccounts.OrganizationId }
                ? await next(invocation)
                : ApiError.Result(StatusCodes.Status404NotFound, "unknown_route", "There is nothing at this address."));
        group.MapGet("/", ListAsync).WithName("ListMails").WithSummary("List the mails of the last days").WithErrors("invalid_limit", "invalid_cursor");
        group.MapGet("/{id}", GetAsync).RequireFreshProof().WithName("GetMail").WithSummary("Read a mail that was not sent")
            .WithDescription("Links that open accounts may be in it.").WithErrors("mail_not_found");
        return group;
    }

    private static async Task<Results<Ok<MailPage>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, NpgsqlDataSource database, IOptions<MailOptions> options, PageCursors cursors, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, Name, out var after) is { } refusal)
        {
            return refusal;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<MailRow>(new CommandDefinition(
            """
            select id, kind, recipient, subject, state, attempts, last_error, created_at from identity.mails
            where state <> 'queued' and (@after::text is null or id < @after) order by id desc limit @limit
            """,
            new { after = after?[0], limit = page.Count + 1 },
            cancellationToken: cancellationToken))).AsList();
        var cut = page.Cut(rows, row => row.AsSummary(), last => cursors.Write(Name, last.Id));
        return TypedResults.Ok(new MailPage(cut.Data, cut.NextCursor, options.Value.IsConfigured));
    }

    private static async Task<Results<Ok<MailView>, ProblemHttpResult>> GetAsync(
        string id, HttpContext context, NpgsqlDataSource database, IDataProtectionProvider protection, IOptions<MailOptions> options, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        await using var select = database.CreateCommand("select body from identity.mails where id = $1");
        select.Parameters.Add(new() { Value = id });
        if (await select.ExecuteScalarAsync(cancellationToken) is not byte[] body || Read(protection, body) is not { } content)
        {
            return ApiError.Result(StatusCodes.Status404NotFound, "mail_not_found", "There is no such mail, or it was sent.");
        }

        await audit.RecordAsync(AuditEvent.From(context, "outbox.read", new("mail", id)), cancellationToken);
        // Here the address that the reader came by is as good as the configured one: it is shown to nobody else.
        var at = content.At(options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{context.Request.Scheme}://{context.Request.Host}");
        return TypedResults.Ok(new MailView(id, at.Subject, at.Text));
    }

    private static MailContent? Read(IDataProtectionProvider protection, byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<MailContent>(MailProtection.Create(protection).Unprotect(body));
        }
        catch (CryptographicException)
        {
            // Protected by a key that is gone.
            return null;
        }
    }
}
