using System.Buffers.Text;
using System.Data;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;

namespace Voice.Gateway.Audit;

/// <summary>Reads chains back, in the form that is exported.</summary>
internal sealed class AuditReader(NpgsqlDataSource database, AuditKeys keys, TimeProvider time)
{
    private const string Columns =
        "organization_id, sequence, at, actor_kind, actor_id, action, target_kind, target_id, address, request_id, result, details::text, previous_hash, hash";

    public async Task<IReadOnlyList<string>> OrganizationsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select organization_id from identity.audit_heads union select organization_id from identity.audit_entries order by 1");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    /// <summary>Newest first.</summary>
    /// <param name="before">The sequence that the page before ended with.</param>
    public async Task<IReadOnlyList<AuditEntry>> PageAsync(
        string organizationId, AuditQuery query, long? before, int count, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from identity.audit_entries
            where organization_id = $1 and sequence < $2 and ($3::text is null or action = $3) and ($4::text is null or actor_id = $4)
                and ($5::text is null or result = $5)
            order by sequence desc limit $6
            """);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = before ?? long.MaxValue });
        command.Parameters.Add(Text(query.Action));
        command.Parameters.Add(Text(query.Actor));
        command.Parameters.Add(Text(query.Result));
        command.Parameters.Add(new() { Value = count });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<AuditEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Add(Entry(reader));
        }

        return page;
    }

    /// <summary>The whole chain, oldest first, and at the end its head, signed anew as of now if the stored one is good: an export says until when it is complete.</summary>
    public async Task ExportAsync(
        string organizationId, Func<AuditEntry, ValueTask> write, Func<AuditHead, ValueTask> end, CancellationToken cancellationToken)
    {
        var (key, known) = (await keys.CurrentAsync(cancellationToken), await keys.ListAsync(cancellationToken));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // One moment of the database, however long reading takes; entries added meanwhile are not in it.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var head = await HeadAsync(snapshot, organizationId, cancellationToken);
        await foreach (var entry in ReadAsync(snapshot, organizationId, cancellationToken))
        {
            await write(entry);
        }

        // A head that somebody wrote by hand is passed on as it is: the export must not make it good.
        await end(head is null ? key.Sign(organizationId, 0, AuditHash.Zero, time.GetUtcNow())
            : IsOurs(head, known) ? key.Sign(organizationId, head.Sequence, head.Hash, time.GetUtcNow())
            : head);
    }

    /// <summary>The whole chain against its signed head, as it is in the database now.</summary>
    public async Task<(AuditFault? Fault, long Length)> VerifyAsync(string organizationId, CancellationToken cancellationToken)
    {
        var known = await keys.ListAsync(cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // One moment of the database, however long reading takes; entries added meanwhile are not in it.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var head = await HeadAsync(snapshot, organizationId, cancellationToken);
        var chain = new AuditChain();
        await foreach (var entry in ReadAsync(snapshot, organizationId, cancellationToken))
        {
            if (chain.Add(entry) is { } fault)
            {
                return (fault, chain.Length);
            }
        }

        var key = known.FirstOrDefault(one => one.Id == head?.KeyId && one.CanSign);
        return (chain.End(head, key is null ? [] : key.PublicKey), chain.Length);
    }

    private static async IAsyncEnumerable<AuditEntry> ReadAsync(
        NpgsqlTransaction snapshot, string organizationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from identity.audit_entries where organization_id = $1 order by sequence", snapshot.Connection, snapshot) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = organizationId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return Entry(reader);
        }
    }

    /// <summary>The head as it was signed with the last entry; null where nothing was ever recorded.</summary>
    private static async Task<AuditHead?> HeadAsync(NpgsqlTransaction snapshot, string organizationId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select h.organization_id, h.sequence, h.hash, h.at, h.key_id, h.signature, coalesce(k.public_key, '')
            from identity.audit_heads h left join identity.audit_keys k on k.id = h.key_id where h.organization_id = $1
            """,
            snapshot.Connection,
            snapshot);
        command.Parameters.Add(new() { Value = organizationId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new AuditHead
            {
                OrganizationId = reader.GetString(0),
                Sequence = reader.GetInt64(1),
                Hash = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2)),
                At = AuditHash.Format(reader.GetFieldValue<DateTimeOffset>(3)),
                KeyId = reader.GetString(4),
                Signature = reader.GetString(5),
                PublicKey = Base64Url.EncodeToString(reader.GetFieldValue<byte[]>(6)),
            }
            : null;
    }

    private static bool IsOurs(AuditHead head, IReadOnlyList<AuditKey> known)
    {
        var key = known.FirstOrDefault(one => one.Id == head.KeyId && one.CanSign);
        return key is not null && AuditChain.IsSigned(head, key.PublicKey);
    }

    private static AuditEntry Entry(NpgsqlDataReader reader) => new()
    {
        OrganizationId = reader.GetString(0),
        Sequence = reader.GetInt64(1),
        At = AuditHash.Format(reader.GetFieldValue<DateTimeOffset>(2)),
        Actor = new(reader.GetString(3), reader.GetString(4)),
        Action = reader.GetString(5),
        Target = reader.IsDBNull(6) ? null : new(reader.GetString(6), reader.GetString(7)),
        Address = reader.IsDBNull(8) ? null : reader.GetString(8),
        RequestId = reader.IsDBNull(9) ? null : reader.GetString(9),
        Result = reader.GetString(10),
        Details = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(11)) ?? [],
        PreviousHash = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(12)),
        Hash = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(13)),
    };

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
