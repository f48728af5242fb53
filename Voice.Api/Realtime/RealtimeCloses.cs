using System.Net.WebSockets;

namespace Voice.Api.Realtime;

/// <summary>Close codes that have no name in the framework.</summary>
internal static class RealtimeCloses
{
    /// <summary>Ours: the session goes on over another connection.</summary>
    public const WebSocketCloseStatus TakenOver = (WebSocketCloseStatus)4001;
}
