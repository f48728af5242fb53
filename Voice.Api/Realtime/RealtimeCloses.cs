using System.Net.WebSockets;

namespace Voice.Api.Realtime;

/// <summary>Close codes that have no name in the framework.</summary>
internal static class RealtimeCloses
{
    /// <summary>RFC 6455 by way of IANA: try again later.</summary>
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    /// <summary>Ours: the session goes on over another connection.</summary>
    public const WebSocketCloseStatus TakenOver = (WebSocketCloseStatus)4001;
}
