namespace Voice.Api.Sessions;

internal sealed partial class SessionJournal
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The recording of {SessionId} could not be written and will be tried again")]
        public static partial void RecordingDelayed(ILogger logger, string sessionId, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The end of {SessionId} could not be stored and will be tried again")]
        public static partial void EndDelayed(ILogger logger, string sessionId, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "The service stopped before the end of {SessionId} was stored; the sweeper will end it")]
        public static partial void NotEnded(ILogger logger, string sessionId);

        [LoggerMessage(4, LogLevel.Warning, "The recording of {SessionId} has {Samples} samples of silence in place of audio that was dropped")]
        public static partial void AudioDropped(ILogger logger, string sessionId, long samples);
    }
}
