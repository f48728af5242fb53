using System.Globalization;
using Dapper;
using Npgsql;
using Voice.Gateway.Audit;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Limits;

/// <summary>Says once a month and kind that a quota is nearly, and that it is wholly, used up: in the audit trail, where whoever sends mail finds it.</summary>
internal sealed class QuotaNotices(AuditTrail audit)
{
    public const decimal WarningShare = 0.8m;

    public const string WarningAction = "quota.warning";
    public const string ReachedAction = "quota.reached";

    /// <summary>In the transaction that counts the usage: of all gateways one is first, and a usage that is not counted warns nobody.</summary>
    public async Task CheckAsync(
        NpgsqlTransaction transaction, string organizationId, string kind, DateOnly month, decimal used, long quota, CancellationToken cancellationToken)
    {
        foreach (var (share, action) in new[] { (WarningShare, WarningAction), (1m, ReachedAction) })
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
}
