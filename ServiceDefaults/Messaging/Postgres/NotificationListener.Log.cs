using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging.Postgres;

public sealed partial class NotificationListener
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Notifications on {Channel} are interrupted; looking at intervals until they are back")]
        public static partial void ListenFailed(ILogger logger, string channel, Exception exception);
    }
}
