using System.Net.WebSockets;

namespace Voice.Api.Realtime;

/// <summary>Why a connection becomes no session, as its client is told.</summary>
/// <param name="RetryAfter">Null where trying again does not help.</param>
internal sealed record ConnectionRefusal(string Type, string Code, string Message, WebSocketCloseStatus Status, TimeSpan? RetryAfter)
{
    /// <summary>RFC 6455's registry has it, the framework's enumeration does not.</summary>
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    /// <summary>A session that cannot be recorded is not begun.</summary>
    public static ConnectionRefusal NoDatabase(TimeSpan retryAfter) => new(
        "server_error", "database_unavailable", "The server's database is out of reach at the moment; connect again after retry_after_ms.", TryAgainLater, retryAfter);

    public static ConnectionRefusal Invalid(string code, string message) =>
        new("invalid_request_error", code, message, WebSocketCloseStatus.PolicyViolation, RetryAfter: null);
}
