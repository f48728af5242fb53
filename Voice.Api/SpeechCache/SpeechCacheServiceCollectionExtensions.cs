using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Voice.Api.Providers;
using Voice.Core.Providers;
using Voice.ServiceDefaults;

namespace Voice.Api.SpeechCache;

internal static class SpeechCacheServiceCollectionExtensions
{
    /// <summary>Puts a cache around the synthesizer that is registered; not around a simulated one, whose delays are what is measured.</summary>
    public static WebApplicationBuilder UseSpeechCache(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Configuration[$"{InferenceOptions.Section}:{nameof(InferenceOptions.Engine)}"] == InferenceOptions.Simulated)
        {
            return builder;
        }

        var inner = services.Last(service => service.ServiceType == typeof(ISpeechSynthesizer)).ImplementationType!;
        services.AddSectionOptions<SpeechCacheOptions, SpeechCacheOptionsValidator>(SpeechCacheOptions.Section);
        services.AddSingleton<SpeechCacheMetrics>();
        services.AddSingleton<SpeechMemory>();
        services.AddSingleton<SpeechStore>();
        services.AddHostedService(provider => provider.GetRequiredService<SpeechStore>());
        services.AddHostedService<SpeechWarmup>();
        services.TryAddSingleton(inner);
        services.Replace(ServiceDescriptor.Singleton<ISpeechSynthesizer>(provider => new CachedSynthesizer(
            (ISpeechSynthesizer)provider.GetRequiredService(inner), provider.GetRequiredService<SpeechMemory>(), provider.GetRequiredService<SpeechStore>(),
            provider.GetRequiredService<SpeechCacheMetrics>(), provider.GetRequiredService<IOptions<SpeechCacheOptions>>())));
        return builder;
    }
}
