using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Mail;
using Voice.Gateway.Organizations;
using Voice.ServiceDefaults;

namespace Voice.Gateway.SignUp;

/// <summary>Accounts on their way: asked for, mailed about, and not there until what was mailed comes back.</summary>
internal sealed class SignUps(NpgsqlDataSource database, MailQueue mails, AuditTrail audit, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Does not look whether there is such an account: whoever writes the mail does, and no answer depends on it.</summary>
    public async Task RequestAsync(string email, string passwordHash, string organizationName, string language, CancellationToken cancellationToken)
    {
        var id = Ids.New("signup", time);
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.sign_ups (id, email, password_hash, organization_name, language, created_at, expires_at)
            values (@id, @email, @passwordHash, @organizationName, @language, @now, @expires)
            """,
            new { id, email, passwordHash, organizationName, language, now, expires = now + Lifetime },
            transaction,
            cancellationToken: cancellationToken));
        await mails.AddAsync(transaction, MailKind.SignUp, email, language, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
    }

    public async Task<PendingSignUp?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PendingSignUp>(new CommandDefinition(
            """
            select id, email, password_hash, organization_name, language, expires_at from identity.sign_ups
            where token_sha256 = @hash and expires_at > @now
            """,
            new { hash = MailToken.Hash(token), now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken));
    }

    /// <returns>The id of the account; null where somebody was faster.</returns>
    public async Task<string?> FinishAsync(PendingSignUp signUp, HttpContext context, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await connection.ExecuteAsync(new CommandDefinition(
            "delete from identity.sign_ups where id = @Id", new { signUp.Id }, transaction, cancellationToken: cancellationToken));
        if (taken == 0)
        {
            return null;
        }

        // What else waits for this address is somebody else's attempt at it.
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from identity.sign_ups where lower(email) = lower(@Email)", new { signUp.Email }, transaction, cancellationToken: cancellationToken));
        try
        {
            var userId = await NewAccount.InsertAsync(transaction, signUp.Email, signUp.PasswordHash, signUp.Language, time, cancellationToken);
            var organizationId = await Memberships.FoundAsync(transaction, signUp.OrganizationName, userId, time, cancellationToken);
            await audit.RecordAsync(
                transaction, AuditEvent.From(context, organizationId, new("user", userId), "account.created", new("user", userId)), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return userId;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }
}
