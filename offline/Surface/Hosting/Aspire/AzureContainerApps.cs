using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using Aspire.Hosting.Azure.AppContainers;
using Azure.Provisioning.AppContainers;
using VoiceAspire.Offline.Surface;

// Aspire.Hosting.Azure.AppContainers 13.5, as far as AppHost/Azure uses it.
namespace Aspire.Hosting
{
    public static class AzureContainerAppExtensions
    {
        public static IResourceBuilder<AzureContainerAppEnvironmentResource> AddAzureContainerAppEnvironment(
            this IDistributedApplicationBuilder builder, string name) => throw SignatureOnly.Of("Aspire.Hosting.Azure.AppContainers");

        public static IResourceBuilder<AzureContainerAppEnvironmentResource> WithAzureLogAnalyticsWorkspace(
            this IResourceBuilder<AzureContainerAppEnvironmentResource> builder, IResourceBuilder<AzureLogAnalyticsWorkspaceResource> workspaceBuilder) =>
            throw SignatureOnly.Of("Aspire.Hosting.Azure.AppContainers");
    }

    public static class AzureContainerAppProjectExtensions
    {
        public static IResourceBuilder<T> PublishAsAzureContainerApp<T>(
            this IResourceBuilder<T> project, Action<AzureResourceInfrastructure, ContainerApp> configure)
            where T : ProjectResource => throw SignatureOnly.Of("Aspire.Hosting.Azure.AppContainers");
    }
}

namespace Aspire.Hosting.Azure.AppContainers
{
    public class AzureContainerAppEnvironmentResource : AzureProvisioningResource
    {
        internal AzureContainerAppEnvironmentResource()
            : base("") => throw SignatureOnly.Of("Aspire.Hosting.Azure.AppContainers");
    }
}
