using Voice.ServiceDefaults;

namespace Voice.Gateway.Routing.Resilience;

internal static class ResilienceServiceCollectionExtensions
{
    public static IReverseProxyBuilder AddResilience(this IReverseProxyBuilder proxy)
    {
        proxy.Services.AddSectionOptions<ResilienceOptions, ResilienceOptionsValidator>(ResilienceOptions.Section);
        proxy.Services.AddSingleton<RoutingMetrics>();
        proxy.Services.AddSingleton<Circuits>();
        proxy.Services.AddSingleton<Retries>();
        return proxy.AddTransforms<ResilienceTransforms>();
    }

    /// <summary>In place of load balancing alone: whom to ask, and whom then.</summary>
    public static void UseResilience(this IReverseProxyApplicationBuilder pipeline)
    {
        pipeline.UseMiddleware<RetryOnAnotherReplica>();
        pipeline.UseMiddleware<CircuitBreaker>();
        pipeline.UseLoadBalancing();
    }
}
