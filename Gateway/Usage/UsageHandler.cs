using Dapper;
using Voice.Gateway.Limits;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;
using Voice.ServiceDefaults.Usage;

namespace Voice.Gateway.Usage;

/// <summary>
/// Counts what services say was used: once per event, whatever is delivered twice or published twice, in one transaction with the day's sum. Then the
/// bucket from which something was reserved is charged with what it really was.
/// </summary>
internal sealed class UsageHandler(LimitDirectory directory, RateLimiter limiter, QuotaNotices notices) : IMessageHandler<UsageRecorded>
{
    public async Task HandleAsync(UsageRecorded usage, MessageContext context, CancellationToken cancellationToken)
    {
        if (!UsageKinds.All.Contains(usage.Kind))
        {
            throw new ArgumentException($"'{usage.Kind}' is no kind of usage.", nameof(usage));
        }

        var day = DateOnly.FromDateTime(usage.OccurredAt.UtcDateTime);
        var counted = await context.Connection.ExecuteScalarAsync<decimal?>(new CommandDefinition(
            """
            with event as (
                insert into identity.usage_events (id, organization_id, subject, kind, quantity, occurred_at)
                values (@EventId, @OrganizationId, @Subject, @Kind, @Quantity, @at)
                on conflict (id) do nothing
                returning quantity)
            insert into identity.usage_days as d (organization_id, day, subject, kind, quantity, events)
            select @OrganizationId, @day, @Subject, @Kind, quantity, 1 from event
            on conflict (organization_id, day, subject, kind) do update set quantity = d.quantity + excluded.quantity, events = d.events + 1
            returning quantity
            """,
            new
            {
                usage.EventId,
                usage.OrganizationId,
                usage.Subject,
                usage.Kind,
                usage.Quantity,
                at = usage.OccurredAt.UtcDateTime,
                day = day.ToDateTime(TimeOnly.MinValue),
            },
            context.Transaction,
            cancellationToken: cancellationToken));
        if (counted is null)
        {
            return;
        }

        var limits = await directory.FindAsync(usage.OrganizationId, cancellationToken);
        if (directory.QuotaOf(usage.Kind, limits) is { } quota)
        {
            await CheckQuotaAsync(usage, context, day, quota, cancellationToken);
        }

        // Not part of the transaction: should it be repeated, a bucket that refills anyway was charged twice, and nothing that is counted.
        if (directory.MeteredBucket(usage.Kind, usage.OrganizationId, limits, 0) is { } bucket
            && (long)Math.Ceiling(usage.Quantity) - usage.Reserved is not 0 and var difference)
        {
            await limiter.ChargeAsync([bucket with { Cost = difference }]);
        }
    }

    private async Task CheckQuotaAsync(UsageRecorded usage, MessageContext context, DateOnly day, long quota, CancellationToken cancellationToken)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var used = await context.Connection.ExecuteScalarAsync<decimal>(new CommandDefinition(
            """
            select coalesce(sum(quantity), 0) from identity.usage_days
            where organization_id = @OrganizationId and kind = @Kind and day >= @first and day < @next
            """,
            new
            {
                usage.OrganizationId,
                usage.Kind,
                first = month.ToDateTime(TimeOnly.MinValue),
                next = month.AddMonths(1).ToDateTime(TimeOnly.MinValue),
            },
            context.Transaction,
            cancellationToken: cancellationToken));
        await notices.CheckAsync(context.Transaction, usage.OrganizationId, usage.Kind, month, used, quota, cancellationToken);
    }
}
