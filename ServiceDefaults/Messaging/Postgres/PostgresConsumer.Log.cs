using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging.Postgres;

internal sealed partial class PostgresConsumer
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Subscription {Subscription} cannot read its messages, {Failures} times in a row")]
        public static partial void ClaimFailed(ILogger logger, string subscription, int failures, Exception exception);
    }
}
