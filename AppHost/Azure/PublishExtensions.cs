using Aspire.Hosting.Azure;
using Azure.Provisioning.ServiceBus;

namespace Voice.AppHost.Azure;

/// <summary>How each service is published: what it scales on, and what it may use. On one machine every verb leaves the service as it is.</summary>
internal static class PublishExtensions
{
    /// <summary>An open conversation is an open WebSocket, which Container Apps counts as one concurrent request.</summary>
    public static IResourceBuilder<ProjectResource> PublishScaledOnSessions(this IResourceBuilder<ProjectResource> service, AzureEnvironment? azure) =>
        azure is null ? service : service.WithReplicas(2).Observed(azure)
            // Less than the time to finish by what ending the rest takes.
            .WithEnvironment("Realtime__DrainLimit", "00:09:30")
            .PublishAsAzureContainerApp((_, app) => app.ScaleOnRequests(perReplica: 50, max: 20).WithTimeToFinish(TimeSpan.FromMinutes(10)));

    public static IResourceBuilder<ProjectResource> PublishScaledOnRequests(this IResourceBuilder<ProjectResource> service, AzureEnvironment? azure) =>
        azure is null ? service : service.WithReplicas(2).Observed(azure)
            .PublishAsAzureContainerApp((_, app) => app.ScaleOnRequests(perReplica: 200, max: 6));

    /// <summary>Scaled on the length of its subscription, which the platform reads as the identity of the service: no connection string anywhere.</summary>
    public static IResourceBuilder<ProjectResource> PublishScaledOnMessages(
        this IResourceBuilder<ProjectResource> service, AzureEnvironment? azure, IResourceBuilder<AzureServiceBusResource>? messaging, string subscription)
    {
        if (azure is null || messaging is null)
        {
            return service;
        }

        var identity = service.ApplicationBuilder.AddAzureUserAssignedIdentity($"{service.Resource.Name}-identity");
        return service.Observed(azure)
            .WithAzureUserAssignedIdentity(identity)
            // Only the owner role may read how many messages wait.
            .WithRoleAssignments(messaging, ServiceBusBuiltInRole.AzureServiceBusDataOwner)
            // Never to zero: the same service answers requests, and a crisis must not wait for a cold start.
            .PublishAsAzureContainerApp((infrastructure, app) => app.ScaleOnSubscription(
                infrastructure, messaging, identity, Topics.SessionEvents, subscription, perReplica: 20, min: 1, max: 10));
    }

    /// <summary>On the GPU profile, with the chat model served by vLLM in the same replica.</summary>
    public static IResourceBuilder<ProjectResource> PublishOnGpu(this IResourceBuilder<ProjectResource> service, AzureEnvironment? azure)
    {
        if (azure is null)
        {
            return service;
        }

        var model = service.ApplicationBuilder.AddParameter("chat-model", "Qwen/Qwen2.5-7B-Instruct", publishValueAsDefault: true);
        return service.Observed(azure)
            .WithEnvironment("Engines__Chat__Engine", "openai")
            .WithEnvironment("Engines__Chat__BaseUrl", VllmSidecar.BaseUrl)
            .WithEnvironment("Engines__Chat__Model", model)
            .PublishAsAzureContainerApp((infrastructure, app) => app
                .WithVllm(model.AsProvisioningParameter(infrastructure))
                .ScaleOnRequests(perReplica: 32, max: 4)
                .WithTimeToFinish(TimeSpan.FromMinutes(10)));
    }

    /// <summary>Traces, metrics and logs to Application Insights, and probes: the health check of the model is for run mode only.</summary>
    private static IResourceBuilder<ProjectResource> Observed(this IResourceBuilder<ProjectResource> service, AzureEnvironment azure) =>
#pragma warning disable ASPIREPROBES001 // Experimental, but the only way to a probe on the container's own port, which is known during publishing only.
        service.WithReference(azure.Insights)
            .WithHttpProbe(ProbeType.Startup, "/alive", periodSeconds: 2, failureThreshold: 60)
            .WithHttpProbe(ProbeType.Readiness, "/health", periodSeconds: 10, timeoutSeconds: 5)
            .WithHttpProbe(ProbeType.Liveness, "/alive", periodSeconds: 10, timeoutSeconds: 5);
#pragma warning restore ASPIREPROBES001
}
