using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using Azure.Provisioning.ServiceBus;
using static VoiceAspire.Offline.Surface.AzureServiceBusSignature;

// Aspire.Hosting.Azure.ServiceBus 13.5, as far as AppHost/Azure uses it.
namespace Aspire.Hosting
{
    public static class AzureServiceBusExtensions
    {
        public static IResourceBuilder<AzureServiceBusResource> AddAzureServiceBus(this IDistributedApplicationBuilder builder, string name) =>
            throw Missing();

        public static IResourceBuilder<AzureServiceBusTopicResource> AddServiceBusTopic(
            this IResourceBuilder<AzureServiceBusResource> builder, string name, string? topicName = null) => throw Missing();

        public static IResourceBuilder<AzureServiceBusSubscriptionResource> AddServiceBusSubscription(
            this IResourceBuilder<AzureServiceBusTopicResource> builder, string name, string? subscriptionName = null) => throw Missing();

        public static IResourceBuilder<AzureServiceBusTopicResource> WithProperties(
            this IResourceBuilder<AzureServiceBusTopicResource> builder, Action<AzureServiceBusTopicResource> configure) => throw Missing();

        public static IResourceBuilder<AzureServiceBusSubscriptionResource> WithProperties(
            this IResourceBuilder<AzureServiceBusSubscriptionResource> builder, Action<AzureServiceBusSubscriptionResource> configure) => throw Missing();

        public static IResourceBuilder<T> WithRoleAssignments<T>(
            this IResourceBuilder<T> builder, IResourceBuilder<AzureServiceBusResource> target, params ServiceBusBuiltInRole[] roles)
            where T : IResource => throw Missing();
    }
}

namespace Aspire.Hosting.Azure
{
    public class AzureServiceBusResource : AzureProvisioningResource, IResourceWithConnectionString
    {
        internal AzureServiceBusResource()
            : base("") => throw Missing();

        public BicepOutputReference NameOutputReference => throw Missing();
    }

    public class AzureServiceBusTopicResource : Resource
    {
        internal AzureServiceBusTopicResource()
            : base("") => throw Missing();

        public TimeSpan? DuplicateDetectionHistoryTimeWindow { get => throw Missing(); set => throw Missing(); }

        public bool? RequiresDuplicateDetection { get => throw Missing(); set => throw Missing(); }
    }

    public class AzureServiceBusSubscriptionResource : Resource
    {
        internal AzureServiceBusSubscriptionResource()
            : base("") => throw Missing();

        public bool? DeadLetteringOnMessageExpiration { get => throw Missing(); set => throw Missing(); }

        public TimeSpan? LockDuration { get => throw Missing(); set => throw Missing(); }

        public int? MaxDeliveryCount { get => throw Missing(); set => throw Missing(); }

        public bool? RequiresSession { get => throw Missing(); set => throw Missing(); }
    }
}
