namespace Voice.ServiceDefaults.Messaging;

/// <summary>A subscription of this service, and its handlers by the type of message.</summary>
internal sealed record SubscriptionRegistration(string Subscription, string Schema)
{
    public Dictionary<string, MessageHandlerCall> Handlers { get; } = [];
}
