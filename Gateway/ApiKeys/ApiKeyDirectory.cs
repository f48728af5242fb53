using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Voice.Gateway.ApiKeys;

/// <summary>Finds keys by their hash. An answer is kept for <see cref="KeptFor"/>, so a revocation is felt within that time.</summary>
internal sealed class ApiKeyDirectory(NpgsqlDataSource database, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <summary>Unknown keys are remembered too; a flood of different ones empties the memory instead of filling it.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public async Task<ApiKeyRecord?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = ApiKeyCredential.Hash(key);
        var name = Convert.ToHexString(hash);
        if (_entries.TryGetValue(name, out var entry) && time.GetElapsedTime(entry.ReadAt) < KeptFor)
        {
            return entry.Record;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var record = await connection.QuerySingleOrDefaultAsync<ApiKeyRecord>(new CommandDefinition(
            """
            select id, organization_id as OrganizationId, name, expires_at as ExpiresAt, revoked_at as RevokedAt
            from identity.api_keys where key_sha256 = @hash
            """,
            new { hash },
            cancellationToken: cancellationToken));
        if (_entries.Count >= Capacity)
        {
            _entries.Clear();
        }

        _entries[name] = new Entry(record, time.GetTimestamp());
        return record;
    }

    private sealed record Entry(ApiKeyRecord? Record, long ReadAt);
}
