using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Mail;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.OpenId;

/// <summary>Which account of a provider leads into which of ours: added and taken away only by who has proven to be both.</summary>
internal sealed class ExternalLogins(NpgsqlDataSource database, MailQueue mails, AuditTrail audit, TimeProvider time)
{
    private const string Columns = "select id, user_id, issuer, provider, email, created_at, last_used_at from identity.external_logins";

    public static Task InsertAsync(NpgsqlTransaction transaction, OpenIdIdentity who, string userId, TimeProvider time, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.external_logins (id, user_id, issuer, subject, provider, email, created_at, last_used_at)
            values (@id, @userId, @Issuer, @Subject, @Provider, @Email, @now, @now)
            """,
            new { id = Ids.New("login", time), userId, who.Issuer, who.Subject, who.Provider, who.Email, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));

    /// <returns>The id of the account that it leads into.</returns>
    public async Task<string?> FindUserAsync(OpenIdIdentity who, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select user_id from identity.external_logins where issuer = @Issuer and subject = @Subject", new { who.Issuer, who.Subject }, cancellationToken: cancellationToken));
    }

    public async Task UsedAsync(OpenIdIdentity who, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update identity.external_logins set last_used_at = @now, email = coalesce(@Email, email) where issuer = @Issuer and subject = @Subject",
            new { who.Issuer, who.Subject, who.Email, now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken));
    }

    public async Task<IReadOnlyList<ExternalLogin>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ExternalLogin>(new CommandDefinition(
            $"{Columns} where user_id = @userId order by created_at, id", new { userId }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>For who has proven to be both. Says so to the person, and to the trail.</summary>
    /// <returns>False where it leads into another account.</returns>
    public async Task<bool> LinkAsync(HttpContext context, UserAccount user, OpenIdIdentity who, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await InsertAsync(transaction, who, user.Id, time, cancellationToken);
            await mails.AddAsync(transaction, MailKind.ProviderLinked, user.Email, user.Language, null, cancellationToken);
            await audit.RecordAsync(transaction, Act(context, user, "provider.linked", who.Provider), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            mails.Wake();
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await transaction.RollbackAsync(cancellationToken);
            return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "select user_id from identity.external_logins where issuer = @Issuer and subject = @Subject", new { who.Issuer, who.Subject }, cancellationToken: cancellationToken)) == user.Id;
        }
    }

    /// <summary>Leaves a way in: a password, or another provider.</summary>
    /// <returns>Null where there is none such; false where it is the last way in.</returns>
    public async Task<bool?> UnlinkAsync(HttpContext context, UserAccount user, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two at once must not each leave the other's.
        var hasPassword = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select password_hash is not null from identity.users where id = @Id for update", new { user.Id }, transaction, cancellationToken: cancellationToken));
        var all = (await connection.QueryAsync<ExternalLogin>(new CommandDefinition(
            $"{Columns} where user_id = @Id", new { user.Id }, transaction, cancellationToken: cancellationToken))).AsList();
        if (all.Find(login => login.Id == id) is not { } login)
        {
            return null;
        }

        if (!hasPassword && all.Count == 1)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "delete from identity.external_logins where id = @id", new { id }, transaction, cancellationToken: cancellationToken));
        await mails.AddAsync(transaction, MailKind.ProviderUnlinked, user.Email, user.Language, null, cancellationToken);
        await audit.RecordAsync(transaction, Act(context, user, "provider.unlinked", login.Provider), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
        return true;
    }

    private static AuditEvent Act(HttpContext context, UserAccount user, string action, string provider) =>
        AuditEvent.From(context, user.LastOrganizationId ?? CurrentCaller.PlatformOrganization, new("user", user.Id), action, new("user", user.Id)) with
        {
            Details = new Dictionary<string, string> { ["provider"] = provider },
        };
}
