using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Webhooks;

internal static class WebhookServiceCollectionExtensions
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSectionOptions<WebhookOptions, WebhookOptionsValidator>(WebhookOptions.Section);
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookPump>();
        services.AddHttpClient(WebhookSender.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(provider =>
        {
            var options = provider.GetRequiredService<IOptions<WebhookOptions>>().Value;
            return OutboundHandler.Create(new OutboundConnector(options), options);
        });
    }
}
