using System.Data;
using Dapper;
using Npgsql;

namespace Voice.Gateway.Audit;

/// <summary>
/// Appends acts to their organization's chain. The head's row is locked until the transaction ends, so writers of any number of gateways
/// take turns and the chain never forks; an act that is rolled back leaves no gap.
/// </summary>
internal sealed class AuditTrail(NpgsqlDataSource database, AuditKeys keys, TimeProvider time)
{
    /// <summary>In a transaction of its own: for what is recorded whatever becomes of the request.</summary>
    public async Task RecordAsync(AuditEvent act, CancellationToken cancellationToken)
    {
        // In a command no host has started, so nobody has loaded it yet.
        await keys.CurrentAsync(cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RecordAsync(transaction, act, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// As part of the caller's transaction: the act and its record are one. Call it last, and for one organization per transaction: the
    /// organization's other acts wait until it commits.
    /// </summary>
    public async Task RecordAsync(NpgsqlTransaction transaction, AuditEvent act, CancellationToken cancellationToken)
    {
        var key = await keys.CurrentAsync(cancellationToken);
        var connection = transaction.Connection!;
        var before = await connection.QuerySingleAsync<HeadRow>(new CommandDefinition(
            """
            insert into identity.audit_heads (organization_id, sequence, hash, at, key_id, signature) values (@OrganizationId, 0, @zero, now(), '', '')
            on conflict (organization_id) do nothing;
            select sequence, hash from identity.audit_heads where organization_id = @OrganizationId for update
            """,
            new { act.OrganizationId, zero = Convert.FromHexString(AuditHash.Zero) },
            transaction,
            cancellationToken: cancellationToken));

        // The database keeps microseconds; the hash is over what it keeps.
        var now = time.GetUtcNow().UtcDateTime;
        var at = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var unsigned = EntryOf(act, before, at);
        var entry = unsigned with { Hash = AuditHash.Of(unsigned) };
        var head = key.Sign(entry.OrganizationId, entry.Sequence, entry.Hash, at);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.audit_entries
                (organization_id, sequence, at, actor_kind, actor_id, action, target_kind, target_id, address, request_id, result, details, previous_hash, hash)
            values (@OrganizationId, @Sequence, @at, @actorKind, @actorId, @Action, @targetKind, @targetId, @Address, @RequestId, @Result, @details::jsonb,
                @previousHash, @hash);
            update identity.audit_heads set sequence = @Sequence, hash = @hash, at = @at, key_id = @keyId, signature = @signature
            where organization_id = @OrganizationId
            """,
            new
            {
                entry.OrganizationId,
                entry.Sequence,
                at = at.UtcDateTime,
                actorKind = entry.Actor.Kind,
                actorId = entry.Actor.Id,
                entry.Action,
                targetKind = entry.Target?.Kind,
                targetId = entry.Target?.Id,
                entry.Address,
                entry.RequestId,
                entry.Result,
                details = System.Text.Json.JsonSerializer.Serialize(entry.Details),
                previousHash = Convert.FromHexString(entry.PreviousHash),
                hash = Convert.FromHexString(entry.Hash),
                keyId = head.KeyId,
                signature = head.Signature,
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    private static AuditEntry EntryOf(AuditEvent act, HeadRow before, DateTimeOffset at) => new()
    {
        OrganizationId = act.OrganizationId,
        Sequence = before.Sequence + 1,
        At = AuditHash.Format(at),
        Actor = Clean(act.Actor)!,
        Action = AuditEvent.Clean(act.Action),
        Target = Clean(act.Target),
        Address = act.Address,
        RequestId = act.RequestId is null ? null : AuditEvent.Clean(act.RequestId),
        Result = act.Result,
        Details = act.Details.ToDictionary(detail => AuditEvent.Clean(detail.Key), detail => AuditEvent.Clean(detail.Value)),
        PreviousHash = Convert.ToHexStringLower(before.Hash),
        Hash = "",
    };

    private static AuditParty? Clean(AuditParty? party) => party is null ? null : new(AuditEvent.Clean(party.Kind), AuditEvent.Clean(party.Id));

    private sealed record HeadRow(long Sequence, byte[] Hash);
}
