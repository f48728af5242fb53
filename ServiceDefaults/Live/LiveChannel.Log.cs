using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Live;

public sealed partial class LiveChannel
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A live message for session {SessionId} could not be delivered")]
        public static partial void DeliveryFailed(ILogger logger, string sessionId, Exception exception);
    }
}
