using Voice.Gateway.Usage;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Gateway.Limits;

internal static class LimitsServiceCollectionExtensions
{
    /// <summary>Limits of requests, and the count of what was used.</summary>
    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSectionOptions<LimitOptions, LimitOptionsValidator>(LimitOptions.Section);
        services.AddSingleton<LimitMetrics>();
        services.AddSingleton<GatewayCount>();
        services.AddSingleton<LocalBuckets>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<LimitDirectory>();
        services.AddSingleton<SessionLeases>();
        services.AddSingleton<QuotaNotices>();
        services.AddSingleton<LimitsServices>();
        services.AddHostedService<LimitUpkeep>();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, LimitsApiJson.Default);
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, UsageJson.Default);
        });
        builder.AddSubscription(Subscriptions.Usage, "identity").AddHandler<UsageRecorded, UsageHandler>();
        return builder;
    }
}
