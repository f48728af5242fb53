using Microsoft.Extensions.Options;
using Voice.ServiceDefaults;

namespace Voice.Gateway.OpenId;

internal static class OpenIdServiceCollectionExtensions
{
    /// <summary>A provider's answers are small; one that sends more is not believed.</summary>
    private const int MaxAnswerBytes = 256 * 1024;

    public static IServiceCollection AddOpenId(this IServiceCollection services)
    {
        services.AddSectionOptions<OpenIdOptions, OpenIdOptionsValidator>(OpenIdOptions.Section);
        services.AddHttpClient();
        services.AddSingleton<IConfigureOptions<Microsoft.Extensions.Http.HttpClientFactoryOptions>, ProviderClients>();
        services.AddSingleton<OpenIdProviders>();
        services.AddSingleton<OpenIdCookies>();
        services.AddSingleton<OpenIdRequests>();
        services.AddSingleton<OpenIdResponses>();
        services.AddSingleton<CodeExchange>();
        services.AddSingleton<IdTokenCheck>();
        services.AddSingleton<ExternalLogins>();
        services.AddSingleton<ProviderAccounts>();
        services.AddSingleton<OpenIdArrivals>();
        return services;
    }

    /// <summary>One client for each provider, whose names are known only from the configuration.</summary>
    private sealed class ProviderClients(IOptions<OpenIdOptions> options) : IConfigureNamedOptions<Microsoft.Extensions.Http.HttpClientFactoryOptions>
    {
        public void Configure(Microsoft.Extensions.Http.HttpClientFactoryOptions client)
        {
        }

        public void Configure(string? name, Microsoft.Extensions.Http.HttpClientFactoryOptions client)
        {
            if (options.Value.Providers.FirstOrDefault(p => OpenIdProvider.HttpClientName(p.Key) == name) is not { Value: { } provider })
            {
                return;
            }

            client.HttpClientActions.Add(http =>
            {
                http.Timeout = provider.Timeout;
                http.MaxResponseContentBufferSize = MaxAnswerBytes;
            });
            // An answer that leads elsewhere is no answer: what is there has not been configured by anybody.
            client.HttpMessageHandlerBuilderActions.Add(handlers =>
            {
                // Nor is it asked again and again: a person waits.
                handlers.AdditionalHandlers.Clear();
                if (handlers.PrimaryHandler is SocketsHttpHandler sockets)
                {
                    sockets.AllowAutoRedirect = false;
                    sockets.UseCookies = false;
                }
            });
        }
    }
}
