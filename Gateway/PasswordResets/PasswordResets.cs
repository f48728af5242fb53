using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Mail;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.PasswordResets;

/// <summary>New passwords, for those who forgot theirs and for those who did not. Either way every other sign-in ends.</summary>
internal sealed class PasswordResets(
    NpgsqlDataSource database, MailQueue mails, SignInSessions sessions, UserDirectory users, AuditTrail audit, TimeProvider time)
{
    /// <summary>Does not look whether there is such an account: whoever writes the mail does.</summary>
    public async Task RequestAsync(string email, string language, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await mails.AddAsync(transaction, MailKind.PasswordReset, email, language, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
    }

    /// <summary>Whose password the token is for, while it is good.</summary>
    public async Task<UserAccount?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var userId = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select user_id from identity.password_resets where token_sha256 = @hash and expires_at > @now",
            new { hash = MailToken.Hash(token), now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken));
        return userId is null ? null : await users.FindAsync(userId, cancellationToken) is { DisabledAt: null } user ? user : null;
    }

    /// <param name="token">What is used up by it; null where the person proved otherwise who they are.</param>
    /// <param name="exceptSession">The sign-in that goes on.</param>
    /// <returns>The new security stamp; null where the token was used in the meantime.</returns>
    /// <exception cref="SessionsUnavailableException">Sign-ins cannot be ended now: then nothing is changed.</exception>
    public async Task<string?> ChangeAsync(
        UserAccount user, string? token, string passwordHash, string? exceptSession, HttpContext context, CancellationToken cancellationToken)
    {
        var stamp = Guid.NewGuid().ToString("n");
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (token is not null && await connection.ExecuteAsync(new CommandDefinition(
            "delete from identity.password_resets where token_sha256 = @hash", new { hash = MailToken.Hash(token) }, transaction, cancellationToken: cancellationToken)) == 0)
        {
            return null;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from identity.password_resets where user_id = @Id;
            update identity.users set password_hash = @passwordHash, security_stamp = @stamp where id = @Id
            """,
            new { user.Id, passwordHash, stamp },
            transaction,
            cancellationToken: cancellationToken));
        await mails.AddAsync(transaction, MailKind.PasswordChanged, user.Email, user.Language, null, cancellationToken);
        await sessions.RevokeAllAsync(user.Id, exceptSession, cancellationToken);
        var action = token is null ? "password.changed" : "password.reset";
        await audit.RecordAsync(
            transaction,
            AuditEvent.From(context, user.LastOrganizationId ?? CurrentCaller.PlatformOrganization, new("user", user.Id), action, new("user", user.Id)),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
        users.Forget(user.Id);
        return stamp;
    }
}
