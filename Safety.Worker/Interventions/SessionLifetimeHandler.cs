using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Safety.Interventions;

/// <summary>Knows which sessions exist and whose they are; forgets what was said when they end.</summary>
internal sealed class SessionLifetimeHandler(InterventionStore store) : IMessageHandler<SessionStarted>, IMessageHandler<SessionEnded>
{
    public Task HandleAsync(SessionStarted message, MessageContext context, CancellationToken cancellationToken) =>
        store.AddSessionAsync(context, message.SessionId, message.OrganizationId, message.StartedAt, endedAt: null, cancellationToken);

    public Task HandleAsync(SessionEnded message, MessageContext context, CancellationToken cancellationToken) =>
        store.AddSessionAsync(context, message.SessionId, message.OrganizationId, message.StartedAt, message.EndedAt, cancellationToken);
}
