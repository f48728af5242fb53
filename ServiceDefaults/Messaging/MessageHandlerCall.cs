using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>Gets a handler from the services of its scope and calls it.</summary>
internal delegate Task MessageHandlerCall(IServiceProvider services, ISessionMessage message, MessageContext context, CancellationToken cancellationToken);
