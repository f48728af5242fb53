using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.Http;

public static class ServiceHttpClientExtensions
{
    internal static void AddServiceHttpClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.TryAddTransient<SafeMethodRetryHandler>();
        builder.Services.TryAddTransient<CallerTokenHandler>();
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

    /// <summary>Sends a short-lived identity token for the caller of the current request or, outside a request, for this service.</summary>
    public static IHttpClientBuilder AddCallerToken(this IHttpClientBuilder builder) => builder.AddHttpMessageHandler<CallerTokenHandler>();
}
