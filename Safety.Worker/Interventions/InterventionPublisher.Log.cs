namespace Voice.Safety.Interventions;

internal sealed partial class InterventionPublisher
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database connection of the publisher was lost; it is opened again")]
        public static partial void DatabaseLost(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Intervention {InterventionId} could not be told to session {SessionId}; it is tried again")]
        public static partial void PublishFailed(ILogger logger, string interventionId, string sessionId, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Intervention {InterventionId} was never told to session {SessionId}; it is on record only")]
        public static partial void Abandoned(ILogger logger, string interventionId, string sessionId);
    }
}
