using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

internal sealed record SubscriptionRegistration(string Subscription, string Schema)
{
    public Dictionary<string, Func<IServiceProvider, ISessionMessage, MessageContext, CancellationToken, Task>> Handlers { get; } = [];
}
