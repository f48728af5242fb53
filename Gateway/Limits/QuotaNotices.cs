using System.Globalization;
using Dapper;
using Npgsql;
using Voice.Gateway.Audit;
using Voice.Gateway.Mail;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Limits;

/// <summary>
/// Says once a month and kind that a quota is nearly, and that it is wholly, used up: in the audit trail, and by mail to
/// the organization's owners.
/// </summary>
internal sealed class QuotaNotices(AuditTrail audit, MailQueue mails)
{
    public const decimal WarningShare = 0.8m;

    public const string WarningAction = "quota.warning";
    public const string ReachedAction = "quota.reached";

    /// <summary>In the transaction that counts the usage: of all gateways one is first, and a usage that is not counted warns nobody.</summary>
    public async Task CheckAsync(
        NpgsqlTransaction transaction, string organizationId, string kind, DateOnly month, decimal used, long quota, CancellationToken cancellationToken)
    {
        foreach (var (share, action, mail) in new[] { (WarningShare, WarningAction, MailKind.QuotaWarning), (1m, ReachedAction, MailKind.QuotaReached) })
        {
            if (used < quota * share)
            {
                continue;
            }

            var isFirst = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                """
                insert into identity.quota_notices (organization_id, month, kind, action) values (@organizationId, @month, @kind, @action)
                on conflict do nothing
                """,
                new { organizationId, month = month.ToDateTime(TimeOnly.MinValue), kind, action },
                transaction,
                cancellationToken: cancellationToken)) > 0;
            if (isFirst)
            {
                await TellOwnersAsync(transaction, mail, new QuotaMail(organizationId, kind, quota), cancellationToken);
                var details = new Dictionary<string, string>
                {
                    ["kind"] = kind,
                    ["month"] = month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                    ["quota"] = quota.ToString(CultureInfo.InvariantCulture),
                };
                await audit.RecordAsync(
                    transaction, new AuditEvent(organizationId, new("service", "gateway"), action, new("organization", organizationId)) { Details = details },
                    cancellationToken);
            }
        }
    }

    /// <summary>Whoever writes mails finds them at its next turn.</summary>
    private async Task TellOwnersAsync(NpgsqlTransaction transaction, string mail, QuotaMail about, CancellationToken cancellationToken)
    {
        var owners = await transaction.Connection!.QueryAsync<(string Email, string Language)>(new CommandDefinition(
            """
            select u.email, u.language from identity.memberships m join identity.users u on u.id = m.user_id
            where m.organization_id = @OrganizationId and m.role = 'owner' and u.disabled_at is null
            """,
            about,
            transaction,
            cancellationToken: cancellationToken));
        foreach (var (email, language) in owners.AsList())
        {
            await mails.AddAsync(transaction, mail, email, language, about.ToString(), cancellationToken);
        }
    }
}
