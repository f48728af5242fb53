using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using StackExchange.Redis;

namespace Voice.Gateway.Accounts;

/// <summary>Accounts, and what they are worth in an organization. A change is told to all gateways at once.</summary>
internal sealed partial class UserDirectory(NpgsqlDataSource database, IConnectionMultiplexer redis, TimeProvider time, ILogger<UserDirectory> logger) : IHostedService
{
    /// <summary>How long a sign-in may outlive the account, the password or the membership it came from, on a gateway that was not told.</summary>
    public static readonly TimeSpan StandingKeptFor = TimeSpan.FromSeconds(30);

    private const int Capacity = 10_000;

    private static readonly RedisChannel Changed = new("auth:standing-changed", RedisChannel.PatternMode.Literal);
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(2);

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

    /// <summary>After a change of an account, or of where it belongs.</summary>
    public void Forget(string userId)
    {
        ForgetHere(userId);
        Tell(userId);
    }

    /// <summary>After a change of an organization's rules.</summary>
    public void ForgetOrganization(string organizationId)
    {
        ForgetHere(organizationId);
        Tell(organizationId);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(Changed, (_, id) => ForgetHere((string?)id)).WaitAsync(RedisLimit, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The client subscribes by itself once the server is there.
            Log.NotTold(logger, exception.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="id">Of a user or of an organization; they look different.</param>
    private void ForgetHere(string? id)
    {
        foreach (var key in _standings.Keys.Where(k => k.User == id || k.Organization == id))
        {
            _standings.TryRemove(key, out _);
        }
    }

    // Waits for nobody: what is not heard is felt within StandingKeptFor.
    private void Tell(string id)
    {
        try
        {
            redis.GetSubscriber().Publish(Changed, id, StackExchange.Redis.CommandFlags.FireAndForget);
        }
        catch (RedisException exception)
        {
            Log.NotTold(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Changes of people's roles are felt within half a minute instead of at once: {Failure}")]
        public static partial void NotTold(ILogger logger, string failure);
    }
}
