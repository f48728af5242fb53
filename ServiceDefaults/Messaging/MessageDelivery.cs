namespace Voice.ServiceDefaults.Messaging;

/// <summary>A message handed to a subscription.</summary>
/// <param name="Attempt">1 for the first delivery; deliveries that died with their process count.</param>
public sealed record MessageDelivery(MessageEnvelope Message, int Attempt);
