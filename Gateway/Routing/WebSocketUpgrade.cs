using Microsoft.AspNetCore.Http.Features;

namespace Voice.Gateway.Routing;

internal static class WebSocketUpgrade
{
    /// <summary>
    /// Read from the request itself: no WebSocket middleware runs here, the proxy passes the upgrade on. HTTP/1.1 has a header for it, HTTP/2 a CONNECT that names the protocol (RFC 8441).
    /// </summary>
    public static bool IsAsked(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0
        || (HttpMethods.IsConnect(context.Request.Method) && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true });
}
