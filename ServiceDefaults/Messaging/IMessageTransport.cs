namespace Voice.ServiceDefaults.Messaging;

/// <summary>
/// The bus behind outbox and subscriptions: PostgreSQL on one machine, Azure Service Bus where <c>ConnectionStrings:messaging</c> is set.
/// At least once; in order per key and subscription; in parallel across keys.
/// </summary>
public interface IMessageTransport
{
    /// <summary>Returns when the bus has the messages for good. Publishing the same ids again is harmless.</summary>
    Task PublishAsync(IReadOnlyList<MessageEnvelope> messages, CancellationToken cancellationToken);

    /// <summary>
    /// Delivers to <paramref name="handler"/> until cancelled, up to <see cref="SubscriptionOptions.MaxConcurrency"/> at once. When cancelled it
    /// takes no more messages and returns after the deliveries in progress have ended. The handler's own token is cancelled when
    /// the delivery is no longer this process's (its lease is lost) or the time for finishing is over.
    /// </summary>
    Task ReceiveAsync(
        string subscription, SubscriptionOptions options, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler,
        CancellationToken cancellationToken);

    /// <summary>What the subscription gave up, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string subscription, int limit, CancellationToken cancellationToken);

    /// <summary>Delivers a dead letter again as if it were new; false where there is none with that id.</summary>
    Task<bool> ReplayAsync(string subscription, string messageId, CancellationToken cancellationToken);
}
