using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Organizations;

/// <summary>Who belongs where, and as what.</summary>
internal sealed class Memberships(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns =
        """
        select m.organization_id, o.name as organization_name, m.role, o.require_second_factor
        from identity.memberships m join identity.organizations o on o.id = m.organization_id
        """;

    public static Task AddAsync(
        NpgsqlTransaction transaction, string organizationId, string userId, string role, DateTime now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into identity.memberships (organization_id, user_id, role, created_at) values (@organizationId, @userId, @role, @now)",
            new { organizationId, userId, role, now },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>An organization of one, its owner.</summary>
    public static async Task<string> FoundAsync(
        NpgsqlTransaction transaction, string name, string ownerId, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Ids.New("org", time);
        var now = time.GetUtcNow().UtcDateTime;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into identity.organizations (id, name, created_at) values (@id, @name, @now)",
            new { id, name, now },
            transaction,
            cancellationToken: cancellationToken));
        await AddAsync(transaction, id, ownerId, Roles.Owner, now, cancellationToken);
        return id;
    }

    public async Task<IReadOnlyList<Membership>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<Membership>(new CommandDefinition(
            $"{Columns} where m.user_id = @userId order by m.created_at, m.organization_id", new { userId }, cancellationToken: cancellationToken))];
    }

    public async Task<Membership?> FindAsync(string userId, string organizationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Membership>(new CommandDefinition(
            $"{Columns} where m.user_id = @userId and m.organization_id = @organizationId", new { userId, organizationId }, cancellationToken: cancellationToken));
    }

    /// <summary>Where a sign-in leads: where its user was last, else the oldest membership. Whoever has none left gets an organization of his own.</summary>
    public async Task<Membership> HomeOfAsync(UserAccount user, CancellationToken cancellationToken)
    {
        var all = await ListAsync(user.Id, cancellationToken);
        if ((all.FirstOrDefault(m => m.OrganizationId == user.LastOrganizationId) ?? all.FirstOrDefault()) is { } home)
        {
            return home;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var name = DefaultName(user.Email);
        var id = await FoundAsync(transaction, name, user.Id, time, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Membership(id, name, Roles.Owner, RequireSecondFactor: false);
    }

    public async Task RememberAsync(string userId, string organizationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update identity.users set last_organization_id = @organizationId where id = @userId",
            new { userId, organizationId },
            cancellationToken: cancellationToken));
    }

    public static string DefaultName(string email) => $"{email.Split('@')[0]}'s organization";
}
