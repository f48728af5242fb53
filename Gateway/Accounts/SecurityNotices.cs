using Npgsql;
using Voice.Gateway.Audit;
using Voice.Gateway.Mail;

namespace Voice.Gateway.Accounts;

/// <summary>What changes how somebody signs in is written down, and told to them: it may not have been them.</summary>
internal sealed class SecurityNotices(NpgsqlDataSource database, MailQueue mails, AuditTrail audit)
{
    /// <param name="mail">One of <see cref="MailKind"/>; null for what goes to the trail only.</param>
    public async Task TellAsync(UserAccount user, AuditEvent act, string? mail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (mail is not null)
        {
            await mails.AddAsync(transaction, mail, user.Email, user.Language, null, cancellationToken);
        }

        await audit.RecordAsync(transaction, act, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
    }
}
