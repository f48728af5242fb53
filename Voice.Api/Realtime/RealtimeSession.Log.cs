namespace Voice.Api.Realtime;

internal sealed partial class RealtimeSession
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Session {SessionId} began with agent {AgentId}")]
        public static partial void Began(ILogger logger, string sessionId, string agentId);

        [LoggerMessage(2, LogLevel.Information, "Session {SessionId} ended: {Reason}")]
        public static partial void Ended(ILogger logger, string sessionId, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Session {SessionId} hears no interventions: the live channel cannot be reached")]
        public static partial void NoLiveChannel(ILogger logger, string sessionId, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "Session {SessionId} failed")]
        public static partial void Failed(ILogger logger, string sessionId, Exception exception);

        [LoggerMessage(5, LogLevel.Warning, "Session {SessionId} was not begun: the database cannot be reached")]
        public static partial void NotBegun(ILogger logger, string sessionId, Exception exception);
    }
}
