using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging.ServiceBus;

/// <summary>One topic with a session-aware subscription per consuming service (the application host makes them).</summary>
internal sealed class ServiceBusTransport(ServiceBusClient client, TimeProvider timeProvider, ILogger<ServiceBusTransport> logger)
    : IMessageTransport, IAsyncDisposable
{
    private static readonly TimeSpan DeadLetterWait = TimeSpan.FromSeconds(2);

    private readonly ServiceBusSender _sender = client.CreateSender(Topics.SessionEvents);

    public async Task PublishAsync(IReadOnlyList<MessageEnvelope> messages, CancellationToken cancellationToken)
    {
        // Batches go one after the other: the order of publication is the order of each session.
        var next = 0;
        while (next < messages.Count)
        {
            using var batch = await _sender.CreateMessageBatchAsync(cancellationToken);
            while (next < messages.Count && batch.TryAddMessage(ServiceBusEnvelope.ToMessage(messages[next])))
            {
                next++;
            }

            if (batch.Count == 0)
            {
                throw new InvalidOperationException($"{messages[next].Type} {messages[next].Id} is larger than Service Bus takes.");
            }

            await _sender.SendMessagesAsync(batch, cancellationToken);
        }
    }

    public async Task ReceiveAsync(
        string subscription, SubscriptionOptions options, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler, CancellationToken cancellationToken)
    {
        await using var consumer = new ServiceBusConsumer(client, subscription, options, handler, timeProvider, logger);
        await consumer.RunAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string subscription, int limit, CancellationToken cancellationToken)
    {
        await using var receiver = DeadLettersOf(subscription);
        var letters = new List<DeadLetter>();
        long? from = null;
        while (letters.Count < limit)
        {
            var page = await receiver.PeekMessagesAsync(limit - letters.Count, from, cancellationToken);
            if (page.Count == 0)
            {
                break;
            }

            letters.AddRange(page.Select(message => AsDeadLetter(subscription, message)).OfType<DeadLetter>());
            from = page[^1].SequenceNumber + 1;
        }

        return letters;
    }

    public async Task<bool> ReplayAsync(string subscription, string messageId, CancellationToken cancellationToken)
    {
        await using var receiver = DeadLettersOf(subscription);
        var others = new List<ServiceBusReceivedMessage>();
        try
        {
            // What was looked at stays locked until the end, so that the next page brings others.
            while (await receiver.ReceiveMessagesAsync(100, DeadLetterWait, cancellationToken) is { Count: > 0 } page)
            {
                others.AddRange(page);
                if (page.FirstOrDefault(message => ServiceBusEnvelope.FromMessage(message)?.Id == messageId) is not { } letter)
                {
                    continue;
                }

                others.Remove(letter);

                // A topic has no way to one subscription only; the others know the id in their inbox and do nothing.
                await _sender.SendMessageAsync(ServiceBusEnvelope.Replayed(ServiceBusEnvelope.FromMessage(letter)!, timeProvider), cancellationToken);
                await receiver.CompleteMessageAsync(letter, CancellationToken.None);
                return true;
            }

            return false;
        }
        finally
        {
            foreach (var message in others)
            {
                await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
            }
        }
    }

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    private ServiceBusReceiver DeadLettersOf(string subscription) =>
        client.CreateReceiver(Topics.SessionEvents, subscription, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    private static DeadLetter? AsDeadLetter(string subscription, ServiceBusReceivedMessage message) =>
        ServiceBusEnvelope.FromMessage(message) is { } envelope
            ? new DeadLetter(
                subscription, envelope, ServiceBusEnvelope.Attempt(message),
                message.DeadLetterErrorDescription ?? message.DeadLetterReason ?? "unknown", message.EnqueuedTime)
            : null;
}
