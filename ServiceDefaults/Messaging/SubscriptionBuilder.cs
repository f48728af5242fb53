using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>Adds the handlers of a subscription. A message without one is acknowledged unread.</summary>
public sealed class SubscriptionBuilder
{
    private readonly IServiceCollection _services;
    private readonly SubscriptionRegistration _registration;

    internal SubscriptionBuilder(IServiceCollection services, SubscriptionRegistration registration) =>
        (_services, _registration) = (services, registration);

    /// <summary>One handler per kind of message; made anew, in its own scope, for each delivery.</summary>
    public SubscriptionBuilder AddHandler<TMessage, THandler>()
        where TMessage : class, ISessionMessage
        where THandler : class, IMessageHandler<TMessage>
    {
        if (MessageTypes.Find(typeof(TMessage).Name) is null)
        {
            throw new ArgumentException($"{typeof(TMessage).Name} is no message contract: add it to {nameof(MessageTypes)}.");
        }

        _services.TryAddScoped<THandler>();
        _registration.Handlers.Add(typeof(TMessage).Name, static (services, message, context, cancellationToken) =>
            services.GetRequiredService<THandler>().HandleAsync((TMessage)message, context, cancellationToken));
        return this;
    }
}
