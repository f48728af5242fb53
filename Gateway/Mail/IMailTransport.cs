namespace Voice.Gateway.Mail;

/// <summary>Where mail leaves the platform.</summary>
internal interface IMailTransport
{
    /// <exception cref="System.Net.Mail.SmtpException">It was not taken; it can be tried again.</exception>
    Task SendAsync(string recipient, MailContent content, CancellationToken cancellationToken);
}
