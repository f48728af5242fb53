using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging.ServiceBus;

internal sealed partial class ServiceBusConsumer
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Subscription {Subscription} cannot read its messages ({Source})")]
        public static partial void ReceiveFailed(ILogger logger, string subscription, ServiceBusErrorSource source, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Subscription {Subscription}: the end of {MessageId} could not be recorded; it will be delivered again")]
        public static partial void SettleFailed(ILogger logger, string subscription, string messageId, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Subscription {Subscription}: {MessageId} is not a message of this platform and is a dead letter")]
        public static partial void Unreadable(ILogger logger, string subscription, string messageId);

        [LoggerMessage(5, LogLevel.Warning, "Subscription {Subscription}: {MessageId} ({Type} of {Key}) failed in attempt {Attempt} and is tried again in {Pause}: {Reason}")]
        public static partial void Retried(ILogger logger, string subscription, string messageId, string type, string key, int attempt, TimeSpan pause, string reason);

        [LoggerMessage(6, LogLevel.Error, "Subscription {Subscription}: {MessageId} ({Type} of {Key}) is a dead letter after attempt {Attempt}: {Reason}")]
        public static partial void DeadLettered(ILogger logger, string subscription, string messageId, string type, string key, int attempt, string reason);
    }
}
