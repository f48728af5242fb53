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

    private readonly ConcurrentDictionary<string, (UserAccount? User, long ReadAt)> _current = new(StringComparer.Ordinal);

    public async Task<UserAccount?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UserAccount>(new CommandDefinition(
            $"{Columns} where lower(email) = lower(@email)", new { email }, cancellationToken: cancellationToken));
    }

    /// <summary>The account as it was at most <see cref="StampKeptFor"/> ago; null where there is none that may come in.</summary>
    public async Task<UserAccount?> FindCurrentAsync(string userId, CancellationToken cancellationToken)
    {
        if (_current.TryGetValue(userId, out var known) && time.GetElapsedTime(known.ReadAt) < StampKeptFor)
        {
            return known.User;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var user = await connection.QuerySingleOrDefaultAsync<UserAccount>(new CommandDefinition(
            $"{Columns} where id = @userId and disabled_at is null", new { userId }, cancellationToken: cancellationToken));
        if (_current.Count >= Capacity)
        {
            _current.Clear();
        }

        _current[userId] = (user, time.GetTimestamp());
        return user;
    }
}
