using Aspire.Azure.Messaging.ServiceBus;
using Azure.Core.Extensions;
using Azure.Messaging.ServiceBus;

namespace Microsoft.Extensions.Hosting;

public static class AspireServiceBusExtensions
{
    public static void AddAzureServiceBusClient(
        this IHostApplicationBuilder builder, string connectionName, Action<AzureMessagingServiceBusSettings>? configureSettings = null,
        Action<IAzureClientBuilder<ServiceBusClient, ServiceBusClientOptions>>? configureClientBuilder = null) => throw new NotSupportedException(
            $"ConnectionStrings:{connectionName} names an Azure Service Bus, and this build has no client for it (Aspire.Azure.Messaging.ServiceBus). "
            + $"Build with UseAspire=true where that package can be restored, or leave ConnectionStrings:{connectionName} unset to carry messages in PostgreSQL.");
}
