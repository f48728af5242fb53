using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging;

internal sealed partial class InboxCleaning
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Old entries of {Schema}.inbox could not be deleted")]
        public static partial void CleaningFailed(ILogger logger, string schema, Exception exception);
    }
}
