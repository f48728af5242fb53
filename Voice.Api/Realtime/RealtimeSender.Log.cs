namespace Voice.Api.Realtime;

internal sealed partial class RealtimeSender
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Session {SessionId}: {Stage} failed and was dealt with")]
        public static partial void Trouble(ILogger logger, string sessionId, string stage, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Session {SessionId}: the record did not take an event")]
        public static partial void NotRecorded(ILogger logger, string sessionId, Exception exception);
    }
}
