using System.Net.WebSockets;

namespace Voice.Api.Realtime;

/// <summary>Close codes that have no name in the framework.</summary>
internal static class RealtimeCloses
{
    /// <summary>A client's: it gives this connection up, not the session.</summary>
    public const WebSocketCloseStatus GivenUp = (WebSocketCloseStatus)4000;

    /// <summary>Ours: the session goes on over another connection.</summary>
    public const WebSocketCloseStatus TakenOver = (WebSocketCloseStatus)4001;
}
