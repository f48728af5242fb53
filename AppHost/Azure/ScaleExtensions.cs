using System.Globalization;
using Aspire.Hosting.Azure;
using Azure.Provisioning;
using Azure.Provisioning.AppContainers;

namespace Voice.AppHost.Azure;

internal static class ScaleExtensions
{
    public static ContainerApp ScaleOnRequests(this ContainerApp app, int perReplica, int max)
    {
        app.Template.Scale.MaxReplicas = max;
        app.Template.Scale.Rules.Add(new ContainerAppScaleRule
        {
            Name = "requests",
            Http = new ContainerAppHttpScaleRule
            {
                Metadata = new BicepDictionary<string> { ["concurrentRequests"] = perReplica.ToString(CultureInfo.InvariantCulture) },
            },
        });
        return app;
    }

    /// <summary>KEDA's azure-servicebus scaler.</summary>
    public static ContainerApp ScaleOnSubscription(
        this ContainerApp app, AzureResourceInfrastructure infrastructure, IResourceBuilder<AzureServiceBusResource> bus,
        IResourceBuilder<AzureUserAssignedIdentityResource> identity, string topic, string subscription, int perReplica, int min, int max)
    {
        var scale = app.Template.Scale;
        scale.MinReplicas = min;
        scale.MaxReplicas = max;
        scale.PollingInterval = 15;
        scale.CooldownPeriod = 300;
        scale.Rules.Add(new ContainerAppScaleRule
        {
            Name = $"{subscription}-messages",
            Custom = new ContainerAppCustomScaleRule
            {
                CustomScaleRuleType = "azure-servicebus",
                Identity = identity.Resource.Id.AsProvisioningParameter(infrastructure),
                Metadata = new BicepDictionary<string>
                {
                    ["topicName"] = topic,
                    ["subscriptionName"] = subscription,
                    ["namespace"] = bus.Resource.NameOutputReference.AsProvisioningParameter(infrastructure),
                    ["messageCount"] = perReplica.ToString(CultureInfo.InvariantCulture),
                },
            },
        });
        return app;
    }

    /// <summary>A replica that is taken away first finishes the conversations it holds.</summary>
    public static ContainerApp WithTimeToFinish(this ContainerApp app, TimeSpan time)
    {
        app.Template.TerminationGracePeriodSeconds = (long)time.TotalSeconds;
        return app;
    }
}
