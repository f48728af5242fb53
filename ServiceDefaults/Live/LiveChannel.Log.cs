using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Live;

public sealed partial class LiveChannel
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A live message for session {SessionId} could not be delivered")]
        public static partial void DeliveryFailed(ILogger logger, string sessionId, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "Redis was not told that nobody listens to session {SessionId} any more")]
        public static partial void UnsubscribeFailed(ILogger logger, string sessionId, Exception exception);
    }
}
