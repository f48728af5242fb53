using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Voice.ServiceDefaults.Http;

internal static class ServiceHttpClientExtensions
{
    public static void AddServiceHttpClients(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddTransient<SafeMethodRetryHandler>();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // Connections are renewed so that a replaced replica's address is noticed; a peer that does not answer SYN is given up early.
            http.UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
            });
            http.AddHttpMessageHandler<SafeMethodRetryHandler>();
        });
    }
}
