namespace Voice.ServiceDefaults.Messaging;

/// <summary>A message that a subscription gave up.</summary>
/// <param name="Reason">What the last attempt failed with.</param>
public sealed record DeadLetter(string Subscription, MessageEnvelope Message, int Attempts, string Reason, DateTimeOffset DeadAt);
