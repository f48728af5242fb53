using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging;

internal sealed partial class OutboxRelay
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Messages of schema {Schema} could not be sent, {Failures} times in a row; they are kept and tried again")]
        public static partial void RelayFailed(ILogger logger, string schema, int failures, Exception exception);
    }
}
