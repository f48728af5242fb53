using Aspire.Hosting.Azure;
using Azure.Provisioning.ServiceBus;

namespace Voice.AppHost.Azure;

internal static class MessagingExtensions
{
    /// <summary>Service Bus when published. On one machine there is no bus to start: the services carry messages in PostgreSQL.</summary>
    public static IResourceBuilder<AzureServiceBusResource>? AddMessaging(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
        {
            return null;
        }

        var bus = builder.AddAzureServiceBus("messaging");
        var topic = bus.AddServiceBusTopic(Topics.SessionEvents).WithProperties(t =>
        {
            // The outbox may send a message twice after a crash; the message id is the same both times.
            t.RequiresDuplicateDetection = true;
            t.DuplicateDetectionHistoryTimeWindow = TimeSpan.FromMinutes(10);
        });
        foreach (var subscription in Subscriptions.All)
        {
            // Resource names are unique in the whole model, entity names only inside their topic.
            topic.AddServiceBusSubscription($"{Topics.SessionEvents}-{subscription}", subscription).WithProperties(s =>
            {
                s.RequiresSession = true;       // ordered per conversation
                s.LockDuration = TimeSpan.FromMinutes(1);
                s.MaxDeliveryCount = 100;       // the last line: the worker dead-letters with a reason long before, and releases count here
                s.DeadLetteringOnMessageExpiration = true;
            });
        }

        return bus;
    }

    /// <summary>May send and receive; what scales on the bus may also read its queue lengths (<see cref="PublishExtensions"/>).</summary>
    public static IResourceBuilder<ProjectResource> WithMessaging(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<AzureServiceBusResource>? messaging) =>
        messaging is null
            ? service
            : service.WithReference(messaging).WaitFor(messaging)
                .WithRoleAssignments(messaging, ServiceBusBuiltInRole.AzureServiceBusDataSender, ServiceBusBuiltInRole.AzureServiceBusDataReceiver);
}
