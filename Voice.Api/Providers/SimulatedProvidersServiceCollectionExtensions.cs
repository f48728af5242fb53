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
        services.AddSingleton<ILiveTranscriber, SimulatedTranscriber>();
        services.AddSingleton<IChatClient, SimulatedChatClient>();
        services.AddSingleton<ISpeechSynthesizer, SimulatedSynthesizer>();
        services.AddSingleton<ITranslator, SimulatedTranslator>();
        services.AddHostedService<SimulationNotice>();
    }
}
