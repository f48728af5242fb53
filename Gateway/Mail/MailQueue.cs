using System.Threading.Channels;
using Dapper;
using Npgsql;
using Voice.ServiceDefaults;

namespace Voice.Gateway.Mail;

/// <summary>Mails to be written, in the transaction of what they are about.</summary>
internal sealed class MailQueue(TimeProvider time)
{
    // Being woken twice is being woken.
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public Task AddAsync(
        NpgsqlTransaction transaction, string kind, string recipient, string language, string? reference, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.mails (id, kind, recipient, language, reference, created_at, next_try_at)
            values (@id, @kind, @recipient, @language, @reference, @now, @now)
            """,
            new { id = Ids.New("mail", time), kind, recipient, language, reference, now },
            transaction,
            cancellationToken: cancellationToken));
    }

    /// <summary>After the commit: this gateway's pump looks now and not at its next turn.</summary>
    public void Wake() => _woken.Writer.TryWrite(true);

    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await _woken.Reader.WaitToReadAsync(ending.Token);
            _woken.Reader.TryRead(out _);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its turn comes without being woken: another gateway may have died with mails to send.
        }
    }
}
