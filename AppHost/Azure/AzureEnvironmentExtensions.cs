using Aspire.Hosting.Azure;
using Aspire.Hosting.Azure.AppContainers;
using Azure.Provisioning.AppContainers;

namespace Voice.AppHost.Azure;

internal static class AzureEnvironmentExtensions
{
    /// <summary>The workload profile of containers that need a GPU; the generated environment has only "consumption".</summary>
    public const string GpuProfile = "gpu";

    /// <summary>Container Apps with a GPU profile, logs, traces and the key vault. Publish mode only: in run mode these would be created in a
    /// real subscription, which nobody asked for.</summary>
    public static AzureEnvironment? AddAzureEnvironment(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode)
        {
            return null;
        }

        var logs = builder.AddAzureLogAnalyticsWorkspace("logs");
        var gpuProfileType = builder.AddParameter("gpu-profile-type", "Consumption-GPU-NC8as-T4", publishValueAsDefault: true);

        // No hyphen in the name: azd writes it into Bicep expressions as it is.
        builder.AddAzureContainerAppEnvironment("aca")
            .WithAzureLogAnalyticsWorkspace(logs)
            .WithGpuProfile(gpuProfileType)
            .WithMutualTls();

        return new AzureEnvironment(builder.AddAzureApplicationInsights("insights", logs), builder.AddAzureKeyVault("vault"));
    }

    /// <summary>
    /// Apps present certificates of the environment to each other and encrypt what passes between them: nobody beside them reads tokens, or
    /// answers in the gateway's place when a service asks for its keys.
    /// </summary>
    private static IResourceBuilder<AzureContainerAppEnvironmentResource> WithMutualTls(this IResourceBuilder<AzureContainerAppEnvironmentResource> environment) =>
        environment.ConfigureInfrastructure(infrastructure =>
            infrastructure.GetProvisionableResources().OfType<ContainerAppManagedEnvironment>().Single().IsMtlsEnabled = true);

    private static IResourceBuilder<AzureContainerAppEnvironmentResource> WithGpuProfile(
        this IResourceBuilder<AzureContainerAppEnvironmentResource> environment, IResourceBuilder<ParameterResource> profileType) =>
        environment.ConfigureInfrastructure(infrastructure =>
            infrastructure.GetProvisionableResources().OfType<ContainerAppManagedEnvironment>().Single()
                .WorkloadProfiles.Add(new ContainerAppWorkloadProfile
                {
                    Name = GpuProfile,
                    WorkloadProfileType = profileType.AsProvisioningParameter(infrastructure),
                }));
}
