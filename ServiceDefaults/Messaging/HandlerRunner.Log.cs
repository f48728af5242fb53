using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging;

internal sealed partial class HandlerRunner
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Subscription {Subscription} has no handler for {Type}")]
        public static partial void Unread(ILogger logger, string subscription, string type);

        [LoggerMessage(2, LogLevel.Warning, "Subscription {Subscription}: the handler of {Type} failed in attempt {Attempt}")]
        public static partial void HandlerFailed(ILogger logger, string subscription, string type, int attempt, Exception exception);

        [LoggerMessage(3, LogLevel.Debug, "Subscription {Subscription}: {MessageId} was handled before")]
        public static partial void Repeated(ILogger logger, string subscription, string messageId);
    }
}
