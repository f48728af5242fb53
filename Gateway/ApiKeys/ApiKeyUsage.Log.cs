namespace Voice.Gateway.ApiKeys;

internal sealed partial class ApiKeyUsage
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The times of last use of API keys could not be written.")]
        public static partial void FlushFailed(ILogger logger, Exception exception);
    }
}
