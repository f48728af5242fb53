using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Voice.Gateway.Accounts;

internal sealed class UserDirectory(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>How long a cookie may outlive the account or the password it came from.</summary>
    public static readonly TimeSpan StampKeptFor = TimeSpan.FromSeconds(30);

    private const int Capacity = 10_000;

    private const string Columns =
        """
        select id, organization_id as OrganizationId, email, password_hash as PasswordHash, role, security_stamp as SecurityStamp,
               disabled_at as DisabledAt
        from identity.users
        """;

    private readonly ConcurrentDictionary<string, (string? Stamp, long ReadAt)> _stamps = new(StringComparer.Ordinal);

    public async Task<UserAccount?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UserAccount>(new CommandDefinition(
            $"{Columns} where lower(email) = lower(@email)", new { email }, cancellationToken: cancellationToken));
    }

    /// <summary>Whether a cookie with this stamp still stands for an account that may come in.</summary>
    public async Task<bool> IsCurrentAsync(string userId, string? stamp, CancellationToken cancellationToken)
    {
        if (!_stamps.TryGetValue(userId, out var known) || time.GetElapsedTime(known.ReadAt) >= StampKeptFor)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            var current = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "select security_stamp from identity.users where id = @userId and disabled_at is null",
                new { userId },
                cancellationToken: cancellationToken));
            if (_stamps.Count >= Capacity)
            {
                _stamps.Clear();
            }

            known = (current, time.GetTimestamp());
            _stamps[userId] = known;
        }

        return known.Stamp is not null && known.Stamp == stamp;
    }
}
