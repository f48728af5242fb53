using Aspire.Hosting.Azure;

namespace Voice.AppHost.Azure;

internal static class AlertExtensions
{
    /// <summary>Hand-written Bicep: Aspire has no resource for alerts. The path is relative to this project's directory.</summary>
    public static void AddAlerts(
        this IDistributedApplicationBuilder builder, AzureEnvironment? azure, IResourceBuilder<AzureServiceBusResource>? messaging)
    {
        if (azure is null || messaging is null)
        {
            return;
        }

        builder.AddBicepTemplate("alerts", "../infra/modules/alerts.bicep")
            .WithParameter("insightsName", azure.Insights.Resource.NameOutputReference)
            .WithParameter("busName", messaging.Resource.NameOutputReference)
            .WithParameter("topicName", Topics.SessionEvents)
            .WithParameter("email", builder.AddParameter("alert-email"));
    }
}
