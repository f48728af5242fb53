using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Voice.ServiceDefaults.Http;

public static class AzureOpenAiHttpClientBuilderExtensions
{
    /// <summary>Requests to Azure OpenAI that carry no key go out as this service's identity; all others are left as they are.</summary>
    public static IHttpClientBuilder AddAzureOpenAiTokens(this IHttpClientBuilder builder)
    {
        // One credential for the process, because it holds the tokens; made when the first request needs it.
        builder.Services.TryAddSingleton(new Lazy<TokenCredential>(() => new DefaultAzureCredential()));
        builder.Services.TryAddTransient<AzureOpenAiTokenHandler>();
        return builder.AddHttpMessageHandler<AzureOpenAiTokenHandler>();
    }
}
