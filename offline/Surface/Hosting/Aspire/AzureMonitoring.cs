using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using VoiceAspire.Offline.Surface;

// Aspire.Hosting.Azure.OperationalInsights and .ApplicationInsights 13.5, as far as AppHost/Azure uses them.
namespace Aspire.Hosting
{
    public static class AzureLogAnalyticsWorkspaceExtensions
    {
        public static IResourceBuilder<AzureLogAnalyticsWorkspaceResource> AddAzureLogAnalyticsWorkspace(
            this IDistributedApplicationBuilder builder, string name) => throw SignatureOnly.Of("Aspire.Hosting.Azure.OperationalInsights");
    }

    public static class AzureApplicationInsightsExtensions
    {
        public static IResourceBuilder<AzureApplicationInsightsResource> AddAzureApplicationInsights(
            this IDistributedApplicationBuilder builder, string name, IResourceBuilder<AzureLogAnalyticsWorkspaceResource>? logAnalyticsWorkspace) =>
            throw SignatureOnly.Of("Aspire.Hosting.Azure.ApplicationInsights");
    }
}

namespace Aspire.Hosting.Azure
{
    public class AzureLogAnalyticsWorkspaceResource : AzureProvisioningResource
    {
        internal AzureLogAnalyticsWorkspaceResource()
            : base("") => throw SignatureOnly.Of("Aspire.Hosting.Azure.OperationalInsights");
    }

    public class AzureApplicationInsightsResource : AzureProvisioningResource, IResourceWithConnectionString
    {
        internal AzureApplicationInsightsResource()
            : base("") => throw SignatureOnly.Of("Aspire.Hosting.Azure.ApplicationInsights");

        public BicepOutputReference NameOutputReference => throw SignatureOnly.Of("Aspire.Hosting.Azure.ApplicationInsights");
    }
}
