using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Providers;

internal static class ProviderServiceCollectionExtensions
{
    /// <summary>Adds ILiveTranscriber, ISpeechSynthesizer, ITranslator and IChatClient: clients of inference-worker, or simulated ones.</summary>
    public static WebApplicationBuilder AddProviders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSectionOptions<InferenceOptions, InferenceOptionsValidator>(InferenceOptions.Section);
        services.AddSectionOptions<ProviderResilienceOptions, ProviderResilienceOptionsValidator>(ProviderResilienceOptions.Section);
        services.AddSingleton<ProviderMetrics>();
        services.AddSingleton<BreakerLog>();
        services.AddSingleton(provider => new ProviderResilience(
            provider.GetRequiredService<IOptions<ProviderResilienceOptions>>().Value, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ProviderMetrics>(), Random.Shared.NextDouble, provider.GetRequiredService<BreakerLog>().Changed));
        if (builder.Configuration[$"{InferenceOptions.Section}:{nameof(InferenceOptions.Engine)}"] == InferenceOptions.Simulated)
        {
            services.AddSimulatedProviders();
        }
        else
        {
            services.AddInferenceWorker();
        }

        return builder;
    }

    private static void AddInferenceWorker(this IServiceCollection services)
    {
        services.AddTransient<ConnectRetryHandler>();
        services.AddHttpClient(InferenceConnection.ClientName)
            .ConfigureHttpClient((provider, client) =>
            {
                client.BaseAddress = provider.GetRequiredService<IConfiguration>().GetServiceUri(InferenceConnection.ServiceName);
                // Streams have no length that is known before; silence is limited instead (SilenceLimit).
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .AddCallerToken(ServiceNames.Inference, ScopeSet.Of(Scopes.SpeechUse))
            .AddHttpMessageHandler<ConnectRetryHandler>()
            .UseSocketsHttpHandler((handler, provider) =>
            {
                var options = provider.GetRequiredService<IOptions<InferenceOptions>>().Value;
                handler.ConnectTimeout = options.ConnectTimeout;
                handler.PooledConnectionLifetime = options.ConnectionLifetime;
                handler.PooledConnectionIdleTimeout = options.ConnectionLifetime;
            })
            // The pool renews its connections itself; a new handler would throw the warm ones away.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<InferenceConnection>();
        services.AddHostedService<InferenceWarmup>();
        services.AddSingleton<ILiveTranscriber, InferenceLiveTranscriber>();
        services.AddSingleton<ISpeechSynthesizer, InferenceSpeechSynthesizer>();
        services.AddSingleton<ITranslator, InferenceTranslator>();
        services.AddSingleton<IChatClient, InferenceChatClient>();
    }
}
