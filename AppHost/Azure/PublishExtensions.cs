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

    /// <summary>
    /// On the GPU profile, with vLLM for chat and for Whisper in the same replica. Scaled on what is open at once (a live transcription is a WebSocket, which counts
    /// as one request) and on how many parts of transcription jobs wait.
    /// </summary>
    public static IResourceBuilder<ProjectResource> PublishOnGpu(
        this IResourceBuilder<ProjectResource> service, AzureEnvironment? azure, IResourceBuilder<AzureServiceBusResource>? messaging)
    {
        if (azure is null || messaging is null)
        {
            return service;
        }

        var model = service.ApplicationBuilder.AddParameter("chat-model", "Qwen/Qwen2.5-3B-Instruct", publishValueAsDefault: true);
        var whisper = service.ApplicationBuilder.AddParameter("whisper-model", "openai/whisper-large-v3-turbo", publishValueAsDefault: true);
        var identity = service.ApplicationBuilder.AddAzureUserAssignedIdentity($"{service.Resource.Name}-identity");
        return service.Observed(azure)
            .WithAzureUserAssignedIdentity(identity)
            // Only the owner role may read how many messages wait.
            .WithRoleAssignments(messaging, ServiceBusBuiltInRole.AzureServiceBusDataOwner)
            .WithEnvironment("Engines__Chat__Engine", "openai")
            .WithEnvironment("Engines__Chat__BaseUrl", VllmSidecar.ChatUrl)
            .WithEnvironment("Engines__Chat__Model", model)
            .WithEnvironment("Providers__whisper__Kind", "openai-compatible")
            .WithEnvironment("Providers__whisper__BaseUrl", VllmSidecar.WhisperUrl)
            .WithEnvironment("Providers__whisper__Model", whisper)
            .WithEnvironment("Providers__whisper__Options__Dialect", "vllm")
            .WithEnvironment("ModelServers__Servers__chat__BaseUrl", VllmSidecar.ChatUrl)
            .WithEnvironment("ModelServers__Servers__chat__Model", model)
            .WithEnvironment("ModelServers__Servers__whisper__BaseUrl", VllmSidecar.WhisperUrl)
            .WithEnvironment("ModelServers__Servers__whisper__Model", whisper)
            .WithEnvironment("ModelServers__Servers__whisper__WarmUp", "Transcription")
            .PublishAsAzureContainerApp((infrastructure, app) => app
                .WithVllm(model.AsProvisioningParameter(infrastructure), whisper.AsProvisioningParameter(infrastructure))
                .ScaleOnSubscription(infrastructure, messaging, identity, Topics.SessionEvents, Subscriptions.TranscriptionJobs, perReplica: 4, min: 1, max: 4)
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
