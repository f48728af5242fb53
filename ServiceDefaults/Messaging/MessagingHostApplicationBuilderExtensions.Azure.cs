using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Voice.ServiceDefaults.Messaging.ServiceBus;

namespace Voice.ServiceDefaults.Messaging;

public static partial class MessagingHostApplicationBuilderExtensions
{
    static partial void AddServiceBusTransport(IHostApplicationBuilder builder, string connectionName)
    {
        // Without its health check, which would need the right to manage the bus: an outage shows in the logs and in the age of the outbox.
        builder.AddAzureServiceBusClient(connectionName);
        builder.Services.AddSingleton<IMessageTransport, ServiceBusTransport>();
    }
}
