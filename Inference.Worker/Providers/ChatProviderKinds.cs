using Microsoft.Extensions.DependencyInjection.Extensions;
using Voice.Inference.Providers.Anthropic;
using Voice.Inference.Providers.AzureTranslator;
using Voice.Inference.Providers.OpenAi;

namespace Voice.Inference.Providers;

/// <summary>Kinds whose services are language models and translators.</summary>
internal static class ChatProviderKinds
{
    public static IServiceCollection AddChatProviderKinds(this IServiceCollection services)
    {
        services.TryAddSingleton<OpenAiProviders>();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IProviderKind, OpenAiKind>(),
            ServiceDescriptor.Singleton<IProviderKind, AzureOpenAiKind>(),
            ServiceDescriptor.Singleton<IProviderKind, OpenAiCompatibleKind>(),
            ServiceDescriptor.Singleton<IProviderKind, AnthropicKind>(),
            ServiceDescriptor.Singleton<IProviderKind, AzureTranslatorKind>(),
        ]);
        return services;
    }
}
