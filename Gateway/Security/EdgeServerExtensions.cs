using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Voice.Gateway.Routing;
using Voice.ServiceDefaults;

namespace Voice.Gateway.Security;

internal static class EdgeServerExtensions
{
    /// <summary>What keeps strangers from holding the server by doing little: limits of connections, headers, and of how slowly they come.</summary>
    public static WebApplicationBuilder AddEdgeServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSectionOptions<EdgeOptions, EdgeOptionsValidator>(EdgeOptions.Section);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<EdgeOptions>>((server, options) => Limit(server, options.Value));
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<EdgeOptions>>((forwarded, options) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // The framework trusts the machine itself; nobody is trusted who was not named.
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            // One entry for each proxy that is trusted, from the nearest outwards, however long a list a client began with.
            forwarded.ForwardLimit = null;
            foreach (var network in options.Value.TrustedProxies)
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
        return builder;
    }

    public static WebApplication UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        return app;
    }

    private static void Limit(KestrelServerOptions server, EdgeOptions options)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        // What a route allows beyond this, it says.
        limits.MaxRequestBodySize = ServiceRoute.Megabyte;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxUpgradedConnections;
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.KeepAliveTimeout = options.KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinBodyBytesPerSecond, options.SlowBodyGrace);
        limits.MinResponseDataRate = new MinDataRate(options.MinBodyBytesPerSecond, options.SlowBodyGrace);
        limits.Http2.MaxStreamsPerConnection = 100;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
    }
}
