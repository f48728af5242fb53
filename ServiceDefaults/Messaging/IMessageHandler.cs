using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>
/// Handles one kind of message of a subscription. Runs inside a database transaction that also records the message id, so a message
/// that is delivered twice is handled once; what the handler does outside the database must be safe to repeat.
/// An exception rolls back and retries with exponential back-off; the last attempt dead-letters with the reason.
/// </summary>
public interface IMessageHandler<in TMessage>
    where TMessage : ISessionMessage
{
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}
