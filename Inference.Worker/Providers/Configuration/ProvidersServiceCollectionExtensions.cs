using Microsoft.Extensions.Options;
using Voice.Core.Resilience;
using Voice.Inference.Engines;
using Voice.Inference.Providers.Catalogue;
using Voice.Inference.Providers.Guards;
using Voice.Inference.Providers.Metering;
using Voice.Inference.Providers.Own;
using Voice.Inference.Providers.Routing;
using Voice.ServiceDefaults;

namespace Voice.Inference.Providers.Configuration;

internal static class ProvidersServiceCollectionExtensions
{
    public static WebApplicationBuilder AddProviders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddProviderKinds();
        services.AddSingleton<IConfigureOptions<ProvidersOptions>, ProvidersOptionsSetup>();
        services.AddSingleton<ProvidersOptionsValidator>();
        services.AddSingleton<IValidateOptions<ProvidersOptions>>(provider => provider.GetRequiredService<ProvidersOptionsValidator>());
        services.AddOptionsWithValidateOnStart<ProvidersOptions>();

        // Sessions wait less: a request by itself has nobody who listens to the silence.
        services.AddSingleton<IConfigureOptions<ProviderResilienceOptions>>(new ConfigureOptions<ProviderResilienceOptions>(
            options => (options.NextPart, options.RetryFor) = (TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(2))));
        services.AddSectionOptions<ProviderResilienceOptions, WorkerResilienceOptionsValidator>(WorkerResilienceOptionsValidator.Section);
        services.AddSingleton<ProviderMetrics>();
        services.AddSingleton(provider => new ProviderResilience(
            provider.GetRequiredService<IOptions<ProviderResilienceOptions>>().Value, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ProviderMetrics>(), Random.Shared.NextDouble));

        services.AddSectionOptions<CredentialOptions, CredentialOptionsValidator>(CredentialOptions.Section);
        services.AddSectionOptions<OwnProviderOptions, OwnProviderOptionsValidator>(OwnProviderOptions.Section);
        services.AddSingleton<CredentialKeys>();
        services.AddSingleton<CredentialSeal>();
        services.AddSingleton<OwnProviderKinds>();
        services.AddSingleton<OwnProviders>();
        services.AddSingleton<OwnProviderKeeping>();
        services.AddSingleton<ProviderCatalogue>();
        services.AddSingleton<ProviderChecks>();
        services.AddSingleton<EmbeddedProviders>();
        services.AddSingleton<OpenAiEngines>();
        services.AddSingleton<ProviderRegistry>();
        services.AddSingleton<ProviderRanking>();
        services.AddSingleton<ProviderMeter>();
        services.AddSingleton<ProviderHedges>();
        services.AddSingleton<ProviderSelection>();
        return builder;
    }

    /// <summary>What takes a database: providers of organizations, and what was used.</summary>
    public static void AddProviderRecords(this IServiceCollection services)
    {
        services.AddSingleton<OwnProviderStore>();
        services.AddSingleton<ProviderUsageStore>();
        services.AddHostedService<ProviderUsageKeeping>();
    }
}
