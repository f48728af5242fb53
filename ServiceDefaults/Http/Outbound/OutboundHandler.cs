using System.Net;

namespace Voice.ServiceDefaults.Http.Outbound;

/// <summary>HTTP to strangers: every connection is the connector's, nothing is followed, kept or unpacked.</summary>
public static class OutboundHandler
{
    public static SocketsHttpHandler Create(OutboundConnector connector, OutboundOptions options) => new()
    {
        ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken),
        ConnectTimeout = options.ConnectTimeout,
        AllowAutoRedirect = false,
        // A proxy would look names up for itself, and cookies would travel between organizations.
        UseProxy = false,
        UseCookies = false,
        // A small compressed body can be an endless one.
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 32,
        MaxConnectionsPerServer = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // Our trace ids are not for strangers.
        ActivityHeadersPropagator = null,
    };
}
