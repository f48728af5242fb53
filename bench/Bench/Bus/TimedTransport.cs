using Voice.ServiceDefaults.Messaging;

namespace Voice.Bench.Bus;

/// <summary>Tells when a delivery's transaction has committed, and changes nothing.</summary>
internal sealed class TimedTransport(IMessageTransport inner, Action<MessageEnvelope> handled) : IMessageTransport
{
    public Task PublishAsync(IReadOnlyList<MessageEnvelope> messages, CancellationToken cancellationToken) => inner.PublishAsync(messages, cancellationToken);

    public Task ReceiveAsync(
        string subscription, SubscriptionOptions options, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler,
        CancellationToken cancellationToken) => inner.ReceiveAsync(
            subscription, options,
            async (delivery, token) =>
            {
                var result = await handler(delivery, token);
                if (result.Outcome == DeliveryOutcome.Completed)
                {
                    handled(delivery.Message);
                }

                return result;
            },
            cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string subscription, int limit, CancellationToken cancellationToken) =>
        inner.ListDeadLettersAsync(subscription, limit, cancellationToken);

    public Task<bool> ReplayAsync(string subscription, string messageId, CancellationToken cancellationToken) =>
        inner.ReplayAsync(subscription, messageId, cancellationToken);
}
