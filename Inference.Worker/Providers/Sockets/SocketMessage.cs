using System.Net.WebSockets;

namespace Voice.Inference.Providers.Sockets;

/// <summary>One whole message.</summary>
/// <param name="Payload">Valid until the next message is received.</param>
internal readonly record struct SocketMessage(WebSocketMessageType Type, ReadOnlyMemory<byte> Payload)
{
    public bool IsText => Type == WebSocketMessageType.Text;
}
