using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging.Postgres;

internal sealed partial class DeliveryWork
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Subscription {Subscription}: the end of {MessageId} could not be recorded; it will be delivered again")]
        public static partial void SettleFailed(ILogger logger, string subscription, string messageId, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Subscription {Subscription}: the lease of {MessageId} was lost to another consumer")]
        public static partial void LeaseLost(ILogger logger, string subscription, string messageId);

        [LoggerMessage(4, LogLevel.Warning,
            "Subscription {Subscription}: {MessageId} ({Type}) failed in attempt {Attempt} and is tried again in {Pause}: {Reason}")]
        public static partial void Retried(
            ILogger logger, string subscription, string messageId, string type, int attempt, TimeSpan pause, string reason);

        [LoggerMessage(5, LogLevel.Error, "Subscription {Subscription}: {MessageId} ({Type}) is a dead letter after attempt {Attempt}: {Reason}")]
        public static partial void DeadLettered(ILogger logger, string subscription, string messageId, string type, int attempt, string reason);
    }
}
