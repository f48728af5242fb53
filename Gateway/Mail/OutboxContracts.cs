namespace Voice.Gateway.Mail;

/// <param name="Sends">Whether a mail server is configured; otherwise mails are kept here.</param>
internal sealed record MailPage(IReadOnlyList<MailSummary> Data, string? NextCursor, bool Sends);

internal sealed record MailSummary(string Id, string Kind, string Recipient, string? Subject, string State, int Attempts, string? LastError, DateTimeOffset CreatedAt);

internal sealed record MailView(string Id, string Subject, string Text);

internal sealed record MailRow(string Id, string Kind, string Recipient, string? Subject, string State, int Attempts, string? LastError, DateTime CreatedAt)
{
    public MailSummary AsSummary() => new(Id, Kind, Recipient, Subject, State, Attempts, LastError, new DateTimeOffset(CreatedAt, TimeSpan.Zero));
}
