using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Core.Simulation;
using Voice.ServiceDefaults;

namespace Voice.Api.Providers;

internal static class SimulatedProvidersServiceCollectionExtensions
{
    private const string Section = $"{InferenceOptions.Section}:Simulated";

    /// <summary>Engines that need no machine: what a load test measures is then this service alone.</summary>
    public static void AddSimulatedProviders(this IServiceCollection services)
    {
        services.AddSectionOptions<SimulationOptions, SimulationOptionsValidator>(Section);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SimulationOptions>>().Value);
        services.AddSingleton(provider => new PunctualTime(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ILiveTranscriber>(provider => new SimulatedTranscriber(provider.GetRequiredService<SimulationOptions>(), Time(provider)));
        services.AddSingleton<IChatClient>(provider => new SimulatedChatClient(provider.GetRequiredService<SimulationOptions>(), Time(provider)));
        services.AddSingleton<ISpeechSynthesizer>(provider => new SimulatedSynthesizer(provider.GetRequiredService<SimulationOptions>(), Time(provider)));
        services.AddSingleton<ITranslator, SimulatedTranslator>();
        services.AddHostedService<SimulationNotice>();
    }

    /// <summary>A clock that a test moves by hand is punctual already.</summary>
    private static TimeProvider Time(IServiceProvider provider) =>
        provider.GetRequiredService<TimeProvider>() is var time && time == TimeProvider.System ? provider.GetRequiredService<PunctualTime>() : time;
}
