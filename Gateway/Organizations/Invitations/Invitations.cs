using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Mail;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Organizations.Invitations;

/// <summary>
/// Invitations by link. The link goes to the invited address and to nobody else, not even to who invites: so coming back with it proves
/// the address.
/// </summary>
internal sealed class Invitations(NpgsqlDataSource database, MailQueue mails, UserDirectory users, AuditTrail audit, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Columns =
        """
        select i.id, i.organization_id, o.name as organization_name, i.email, i.role, i.created_at, i.expires_at, i.accepted_at, i.revoked_at
        from identity.invitations i join identity.organizations o on o.id = i.organization_id
        """;

    /// <summary>Takes the place of one that waits for the same address.</summary>
    /// <returns>Null where there is such a member already.</returns>
    public async Task<InvitationRow?> AddAsync(HttpContext context, string email, string role, string language, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        var now = time.GetUtcNow().UtcDateTime;
        var id = Ids.New("inv", time);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isMember = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (select from identity.memberships m join identity.users u on u.id = m.user_id
                           where m.organization_id = @OrganizationId and lower(u.email) = lower(@email))
            """,
            new { caller.OrganizationId, email },
            transaction,
            cancellationToken: cancellationToken));
        if (isMember)
        {
            return null;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            update identity.invitations set revoked_at = @now
            where organization_id = @OrganizationId and lower(email) = lower(@email) and accepted_at is null and revoked_at is null;
            insert into identity.invitations (id, organization_id, email, role, invited_by, created_at, expires_at)
            values (@id, @OrganizationId, @email, @role, @Subject, @now, @expires)
            """,
            new { id, caller.OrganizationId, caller.Subject, email, role, now, expires = now + Lifetime },
            transaction,
            cancellationToken: cancellationToken));
        await mails.AddAsync(transaction, MailKind.Invitation, email, language, id, cancellationToken);
        var row = await connection.QuerySingleAsync<InvitationRow>(new CommandDefinition(
            $"{Columns} where i.id = @id", new { id }, transaction, cancellationToken: cancellationToken));
        var act = AuditEvent.From(context, "member.invited", new("invitation", id)) with { Details = new Dictionary<string, string> { ["role"] = role } };
        await audit.RecordAsync(transaction, act, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
        return row;
    }

    public async Task<IReadOnlyList<InvitationRow>> ListAsync(string organizationId, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<InvitationRow>(new CommandDefinition(
            $"{Columns} where i.organization_id = @organizationId and (@after::text is null or i.id < @after) order by i.id desc limit @limit",
            new { organizationId, after, limit },
            cancellationToken: cancellationToken))).AsList();
    }

    public async Task<bool> RevokeAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var revoked = await connection.ExecuteAsync(new CommandDefinition(
            """
            update identity.invitations set revoked_at = @now
            where id = @id and organization_id = @OrganizationId and accepted_at is null and revoked_at is null
            """,
            new { id, context.User.GetCaller().OrganizationId, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        if (revoked == 0)
        {
            return false;
        }

        await audit.RecordAsync(transaction, AuditEvent.From(context, "invitation.revoked", new("invitation", id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The one that waits for this token.</summary>
    public async Task<InvitationRow?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<InvitationRow>(new CommandDefinition(
            $"{Columns} where i.token_sha256 = @hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > @now",
            new { hash = MailToken.Hash(token), now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken));
    }

    /// <param name="user">Who joins; null for a new account with <paramref name="passwordHash"/>.</param>
    /// <returns>The id of the account; null where the invitation was used or taken back in the meantime.</returns>
    public async Task<string?> AcceptAsync(
        InvitationRow invitation, UserAccount? user, string? passwordHash, HttpContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await connection.ExecuteAsync(new CommandDefinition(
            "update identity.invitations set accepted_at = @now where id = @Id and accepted_at is null and revoked_at is null and expires_at > @now",
            new { invitation.Id, now },
            transaction,
            cancellationToken: cancellationToken));
        if (taken == 0)
        {
            return null;
        }

        try
        {
            var userId = user?.Id ?? await NewAccount.InsertAsync(
                transaction, invitation.Email, passwordHash!, Language.Of(null, context.Request), time, cancellationToken);
            // Who was made a member some other way keeps that role.
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into identity.memberships (organization_id, user_id, role, created_at) values (@OrganizationId, @userId, @Role, @now)
                on conflict (organization_id, user_id) do nothing;
                update identity.users set last_organization_id = @OrganizationId where id = @userId
                """,
                new { invitation.OrganizationId, invitation.Role, userId, now },
                transaction,
                cancellationToken: cancellationToken));
            var act = AuditEvent.From(context, invitation.OrganizationId, new("user", userId), "invitation.accepted", new("invitation", invitation.Id)) with
            {
                Details = new Dictionary<string, string> { ["role"] = invitation.Role },
            };
            await audit.RecordAsync(transaction, act, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            users.Forget(userId);
            return userId;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }
}
