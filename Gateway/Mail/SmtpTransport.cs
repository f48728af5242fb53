using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.Mail;

/// <summary>
/// SMTP by the framework's own client: MailKit, which its documentation prefers, is not on every feed. What it lacks (TLS from the first
/// byte, OAuth) is not needed for submission on port 587.
/// </summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport
{
    public async Task SendAsync(string recipient, MailContent content, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var message = new MailMessage(settings.From!, recipient)
        {
            Subject = content.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = content.Text,
            BodyEncoding = Encoding.UTF8,
        };
        // Answers of machines ("out of office") to machines help nobody.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var html = AlternateView.CreateAlternateViewFromString(content.Html, Encoding.UTF8, MediaTypeNames.Text.Html);
        message.AlternateViews.Add(html);
        using var client = new SmtpClient(settings.Host!, settings.Port)
        {
            EnableSsl = settings.UseTls,
            Timeout = (int)settings.Timeout.TotalMilliseconds,
            DeliveryFormat = SmtpDeliveryFormat.International,
        };
        if (!string.IsNullOrEmpty(settings.UserName))
        {
            client.Credentials = new NetworkCredential(settings.UserName, settings.Password);
        }

        // Its own time limit holds only for calls that block.
        using var limit = new CancellationTokenSource(settings.Timeout, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await client.SendMailAsync(message, ending.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SmtpException(SmtpStatusCode.GeneralFailure, "The mail server did not answer in time.");
        }
    }
}
