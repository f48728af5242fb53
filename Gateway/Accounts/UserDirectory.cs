using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Voice.Gateway.Accounts;

internal sealed class UserDirectory(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>How long a sign-in may outlive the account, the password or the membership it came from, on another gateway than this.</summary>
    public static readonly TimeSpan StandingKeptFor = TimeSpan.FromSeconds(30);

    private const int Capacity = 10_000;

    private const string Columns =
        """
        select u.id, u.email, u.password_hash, u.security_stamp, u.language, u.last_organization_id,
               exists (select from identity.second_factors f where f.user_id = u.id and f.confirmed_at is not null) as has_second_factor,
               u.disabled_at
        from identity.users u
        """;

    private readonly ConcurrentDictionary<(string User, string Organization), (Standing? Standing, long ReadAt)> _standings = new();

    public async Task<UserAccount?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UserAccount>(new CommandDefinition(
            $"{Columns} where lower(u.email) = lower(@email)", new { email }, cancellationToken: cancellationToken));
    }

    public async Task<UserAccount?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UserAccount>(new CommandDefinition(
            $"{Columns} where u.id = @id", new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>Null where the account may not come in, or is no member of the organization.</summary>
    public async Task<Standing?> FindStandingAsync(string userId, string organizationId, CancellationToken cancellationToken)
    {
        var key = (userId, organizationId);
        if (!_standings.TryGetValue(key, out var known) || time.GetElapsedTime(known.ReadAt) >= StandingKeptFor)
        {
            var readAt = time.GetTimestamp();
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            var current = await connection.QuerySingleOrDefaultAsync<Standing>(new CommandDefinition(
                """
                select u.email, u.security_stamp, m.role,
                       o.require_second_factor and not exists (
                           select from identity.second_factors f where f.user_id = u.id and f.confirmed_at is not null) as lacks_second_factor
                from identity.users u
                join identity.memberships m on m.user_id = u.id and m.organization_id = @organizationId
                join identity.organizations o on o.id = m.organization_id
                where u.id = @userId and u.disabled_at is null
                """,
                new { userId, organizationId },
                cancellationToken: cancellationToken));
            if (_standings.Count >= Capacity)
            {
                _standings.Clear();
            }

            known = (current, readAt);
            _standings[key] = known;
        }

        return known.Standing;
    }

    /// <summary>After a change: this gateway knows at once.</summary>
    public void Forget(string userId)
    {
        foreach (var key in _standings.Keys.Where(k => k.User == userId))
        {
            _standings.TryRemove(key, out _);
        }
    }

    /// <summary>After a change of an organization's rules.</summary>
    public void ForgetOrganization(string organizationId)
    {
        foreach (var key in _standings.Keys.Where(k => k.Organization == organizationId))
        {
            _standings.TryRemove(key, out _);
        }
    }
}
