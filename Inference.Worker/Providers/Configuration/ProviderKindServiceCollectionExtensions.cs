using Microsoft.Extensions.DependencyInjection.Extensions;
using Voice.Inference.Providers.AzureSpeech;
using Voice.Inference.Providers.Bhashini;
using Voice.Inference.Providers.Cartesia;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Providers.ElevenLabs;
using Voice.Inference.Providers.Google;

namespace Voice.Inference.Providers.Configuration;

internal static class ProviderKindServiceCollectionExtensions
{
    /// <summary>Every kind of service there is an adapter for: one line each.</summary>
    public static IServiceCollection AddProviderKinds(this IServiceCollection services)
    {
        services.AddChatProviderKinds();
        services.AddKind<AzureSpeechKind>();
        services.AddKind<BhashiniKind>();
        services.AddKind<CartesiaKind>();
        services.AddKind<DeepgramKind>();
        services.AddKind<ElevenLabsKind>();
        services.AddKind<GoogleKind>();
        return services;
    }

    private static void AddKind<TKind>(this IServiceCollection services)
        where TKind : class, IProviderKind => services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderKind, TKind>());
}
