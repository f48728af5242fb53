using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Organizations;
using Voice.Gateway.Organizations.Invitations;

namespace Voice.Gateway.OpenId;

/// <summary>
/// Accounts that begin at a provider, which has proven the address. They join who invited that address, or have an organization of their own.
/// </summary>
internal sealed class ProviderAccounts(NpgsqlDataSource database, AuditTrail audit, TimeProvider time)
{
    /// <returns>The id of the account; null where one with the address, or for this identity, has appeared in the meantime.</returns>
    public async Task<string?> CreateAsync(HttpContext context, OpenIdIdentity who, string email, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            var userId = await NewAccount.InsertAsync(transaction, email, null, Language.Of(null, context.Request), time, cancellationToken);
            await ExternalLogins.InsertAsync(transaction, who, userId, time, cancellationToken);
            // What waits for this address is somebody's attempt at an account that there is now.
            await connection.ExecuteAsync(new CommandDefinition(
                "delete from identity.sign_ups where lower(email) = lower(@email)", new { email }, transaction, cancellationToken: cancellationToken));
            var invitation = await TakeInvitationAsync(transaction, email, cancellationToken);
            if (invitation is not null)
            {
                await Memberships.AddAsync(transaction, invitation.OrganizationId, userId, invitation.Role, Now, cancellationToken);
            }

            var organizationId = invitation?.OrganizationId
                ?? await Memberships.FoundAsync(transaction, Memberships.DefaultName(email), userId, time, cancellationToken);
            var details = new Dictionary<string, string> { ["provider"] = who.Provider };
            if (invitation is not null)
            {
                (details["invitation"], details["role"]) = (invitation.Id, invitation.Role);
            }

            await audit.RecordAsync(
                transaction,
                AuditEvent.From(context, organizationId, new("user", userId), "account.created", new("user", userId)) with { Details = details },
                cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return userId;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The latest that waits; others can still be accepted by their links.</summary>
    private Task<TakenInvitation?> TakeInvitationAsync(NpgsqlTransaction transaction, string email, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<TakenInvitation>(new CommandDefinition(
            """
            update identity.invitations set accepted_at = @Now where id = (
                select id from identity.invitations
                where lower(email) = lower(@email) and accepted_at is null and revoked_at is null and expires_at > @Now
                order by created_at desc, id desc limit 1 for update)
            returning id, organization_id, role
            """,
            new { email, Now },
            transaction,
            cancellationToken: cancellationToken));

    private sealed record TakenInvitation(string Id, string OrganizationId, string Role);
}
