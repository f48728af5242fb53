using Dapper;
using Npgsql;

namespace Voice.Gateway.Mail;

/// <summary>
/// Finds out what a mail has to say, and makes the token that it carries. Nobody waits for it: how long it takes tells nobody whether
/// there is an account.
/// </summary>
internal sealed class MailComposer(TimeProvider time)
{
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    /// <summary>Of one kind to one address in an hour: a form must not be a way to flood somebody's mailbox.</summary>
    private const int MostAnHour = 5;

    /// <returns>Null where there is nothing to say: no such account, too many, no longer wanted.</returns>
    public async Task<MailContent?> ComposeAsync(NpgsqlTransaction transaction, QueuedMail mail, CancellationToken cancellationToken)
    {
        if (await IsTooManyAsync(transaction, mail, cancellationToken))
        {
            return null;
        }

        return mail.Kind switch
        {
            MailKind.SignUp => await SignUpAsync(transaction, mail, cancellationToken),
            MailKind.PasswordReset => await PasswordResetAsync(transaction, mail, cancellationToken),
            MailKind.Invitation => await InvitationAsync(transaction, mail, cancellationToken),
            MailKind.QuotaWarning or MailKind.QuotaReached => await QuotaAsync(transaction, mail, cancellationToken),
            _ => MailTemplates.Write(mail.Kind, mail.Language, "/forgot-password"),
        };
    }

    private static async Task<bool> IsTooManyAsync(NpgsqlTransaction transaction, QueuedMail mail, CancellationToken cancellationToken) =>
        mail.Kind is MailKind.SignUp or MailKind.PasswordReset or MailKind.Invitation && await transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select count(*) >= @MostAnHour from identity.mails
            where lower(recipient) = lower(@Recipient) and kind = @Kind and state <> 'queued' and created_at > @since
            """,
            new { MostAnHour, mail.Recipient, mail.Kind, since = mail.CreatedAt.AddHours(-1) },
            transaction,
            cancellationToken: cancellationToken));

    private static async Task<MailContent?> SignUpAsync(NpgsqlTransaction transaction, QueuedMail mail, CancellationToken cancellationToken)
    {
        var known = await transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from identity.users where lower(email) = lower(@Recipient))", new { mail.Recipient }, transaction, cancellationToken: cancellationToken));
        if (known)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "delete from identity.sign_ups where id = @Reference", new { mail.Reference }, transaction, cancellationToken: cancellationToken));
            return MailTemplates.Write(MailKind.AccountExists, mail.Language, "/sign-in");
        }

        var (token, hash) = MailToken.New();
        var rows = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update identity.sign_ups set token_sha256 = @hash where id = @Reference and token_sha256 is null",
            new { hash, mail.Reference },
            transaction,
            cancellationToken: cancellationToken));
        return rows == 1 ? MailTemplates.Write(mail.Kind, mail.Language, $"/sign-up/verify#{token}") : null;
    }

    private async Task<MailContent?> PasswordResetAsync(NpgsqlTransaction transaction, QueuedMail mail, CancellationToken cancellationToken)
    {
        var (token, hash) = MailToken.New();
        var now = time.GetUtcNow().UtcDateTime;
        var language = await transaction.Connection!.ExecuteScalarAsync<string?>(new CommandDefinition(
            """
            with account as (select id, language from identity.users where lower(email) = lower(@Recipient) and disabled_at is null),
                 made as (insert into identity.password_resets (token_sha256, user_id, created_at, expires_at)
                          select @hash, id, @now, @expires from account)
            select language from account
            """,
            new { mail.Recipient, hash, now, expires = now + ResetLifetime },
            transaction,
            cancellationToken: cancellationToken));
        return language is null ? null : MailTemplates.Write(mail.Kind, language, $"/reset-password#{token}");
    }

    private static async Task<MailContent?> QuotaAsync(NpgsqlTransaction transaction, QueuedMail mail, CancellationToken cancellationToken)
    {
        if (QuotaMail.Read(mail.Reference) is not { } about)
        {
            return null;
        }

        var name = await transaction.Connection!.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select name from identity.organizations where id = @OrganizationId", about, transaction, cancellationToken: cancellationToken));
        return name is null ? null : MailTemplates.Write(mail.Kind, mail.Language, "/usage", name, about.Quota, QuotaMail.WordOf(about.Kind, mail.Language));
    }

    private async Task<MailContent?> InvitationAsync(NpgsqlTransaction transaction, QueuedMail mail, CancellationToken cancellationToken)
    {
        var (token, hash) = MailToken.New();
        var about = await transaction.Connection!.QuerySingleOrDefaultAsync<(string Organization, string InvitedBy)?>(new CommandDefinition(
            """
            update identity.invitations i set token_sha256 = @hash
            from identity.organizations o
            where i.id = @Reference and o.id = i.organization_id and i.accepted_at is null and i.revoked_at is null and i.expires_at > @now
            returning o.name, coalesce((select email from identity.users u where u.id = i.invited_by), o.name)
            """,
            new { hash, mail.Reference, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        return about is var (organization, invitedBy)
            ? MailTemplates.Write(mail.Kind, mail.Language, $"/invitation#{token}", organization, invitedBy)
            : null;
    }
}
