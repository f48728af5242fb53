namespace Voice.Inference.Webhooks;

/// <param name="Secret">Sealed.</param>
/// <param name="Attempts">This one included.</param>
internal sealed record WebhookDelivery(string Id, string Url, byte[] Secret, string Body, int Attempts);
