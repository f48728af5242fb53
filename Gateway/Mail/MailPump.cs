using System.Net.Mail;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Voice.Gateway.Mail;

/// <summary>
/// Writes the mails that were asked for, and sends them or keeps them for the outbox page. Several gateways share the work. A mail is
/// taken for a while before it is sent: one whose gateway dies is sent by another, in the worst case twice.
/// </summary>
internal sealed partial class MailPump(
    NpgsqlDataSource database, MailQueue queue, MailComposer composer, IMailTransport transport, IDataProtectionProvider protection,
    IOptions<MailOptions> options, TimeProvider time, ILogger<MailPump> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    public const int MaxAttempts = 10;

    private static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = MailProtection.Create(protection);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? sweptAt = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await TryComposeOneAsync(stoppingToken) || await TrySendOneAsync(stoppingToken))
                {
                }

                if (sweptAt is null || time.GetUtcNow() - sweptAt > SweepEvery)
                {
                    await SweepAsync(stoppingToken);
                    sweptAt = time.GetUtcNow();
                }

                await queue.WaitAsync(Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException exception)
            {
                Log.DatabaseAway(logger, exception);
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> TryComposeOneAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var mail = await connection.QuerySingleOrDefaultAsync<QueuedMail>(new CommandDefinition(
            """
            select id, kind, recipient, language, reference, created_at, attempts, body from identity.mails
            where state = 'queued' and next_try_at <= @now order by next_try_at limit 1 for update skip locked
            """,
            new { now = Now },
            transaction,
            cancellationToken: cancellationToken));
        if (mail is null)
        {
            return false;
        }

        if (await composer.ComposeAsync(transaction, mail, cancellationToken) is { } content)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update identity.mails set subject = @Subject, body = @body, state = @state where id = @Id",
                new { mail.Id, content.Subject, body = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(content)), state = options.Value.IsConfigured ? "composed" : "kept" },
                transaction,
                cancellationToken: cancellationToken));
        }
        else
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "delete from identity.mails where id = @Id", new { mail.Id }, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<bool> TrySendOneAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var mail = await connection.QuerySingleOrDefaultAsync<QueuedMail>(new CommandDefinition(
            """
            update identity.mails set attempts = attempts + 1, next_try_at = @taken
            where id = (select id from identity.mails where state = 'composed' and next_try_at <= @now order by next_try_at limit 1 for update skip locked)
            returning id, kind, recipient, language, reference, created_at, attempts, body
            """,
            new { now = Now, taken = Now + TakenFor },
            cancellationToken: cancellationToken));
        if (mail is null)
        {
            return false;
        }

        try
        {
            var content = JsonSerializer.Deserialize<MailContent>(_protector.Unprotect(mail.Body!))!;
            await transport.SendAsync(mail.Recipient, content.At(options.Value.PublicUrl!.GetLeftPart(UriPartial.Authority)), cancellationToken);
            // What it said was for the recipient alone.
            await connection.ExecuteAsync(new CommandDefinition(
                "update identity.mails set state = 'sent', body = null, last_error = null where id = @Id", new { mail.Id }, cancellationToken: cancellationToken));
            Log.Sent(logger, mail.Id, mail.Kind);
        }
        catch (Exception exception) when (exception is SmtpException or FormatException)
        {
            await PostponeAsync(connection, mail, exception, cancellationToken);
        }

        return true;
    }

    private async Task PostponeAsync(NpgsqlConnection connection, QueuedMail mail, Exception exception, CancellationToken cancellationToken)
    {
        // An answer of the server may quote the mail: only its kind is kept.
        var reason = exception is SmtpException smtp ? smtp.StatusCode.ToString() : exception.GetType().Name;
        var failed = mail.Attempts >= MaxAttempts;
        await connection.ExecuteAsync(new CommandDefinition(
            "update identity.mails set state = @state, next_try_at = @next, last_error = @reason, body = case when @failed then null else body end where id = @Id",
            new { mail.Id, state = failed ? "failed" : "composed", failed, reason, next = Now + (FirstPause * (1 << Math.Min(mail.Attempts - 1, 7))) },
            cancellationToken: cancellationToken));
        Log.NotSent(logger, mail.Id, mail.Kind, mail.Attempts, reason);
    }

    /// <summary>Nothing of this is kept for longer than it is good for.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from identity.mails where state in ('kept', 'sent', 'failed') and created_at < @old;
            delete from identity.sign_ups where expires_at < @now;
            delete from identity.password_resets where expires_at < @now
            """,
            new { old = Now - KeptFor, now = Now },
            cancellationToken: cancellationToken));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Sent {MailId} ({Kind}).")]
        public static partial void Sent(ILogger logger, string mailId, string kind);

        [LoggerMessage(2, LogLevel.Warning, "{MailId} ({Kind}) could not be sent, attempt {Attempt}: {Reason}")]
        public static partial void NotSent(ILogger logger, string mailId, string kind, int attempt, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Mails wait: the database is away.")]
        public static partial void DatabaseAway(ILogger logger, Exception exception);
    }
}
