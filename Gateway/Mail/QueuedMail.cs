namespace Voice.Gateway.Mail;

internal sealed record QueuedMail(string Id, string Kind, string Recipient, string Language, string? Reference, DateTime CreatedAt, int Attempts, byte[]? Body);
