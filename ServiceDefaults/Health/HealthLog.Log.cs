using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Health;

internal sealed partial class HealthLog
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Health check {Check} is healthy again")]
        public static partial void Recovered(ILogger logger, string check);

        [LoggerMessage(2, LogLevel.Warning, "Health check {Check} is {Status}: {Description}")]
        public static partial void Failed(ILogger logger, string check, HealthStatus status, string? description, Exception? exception);

        [LoggerMessage(3, LogLevel.Information, "Health check {Check} is not ready yet: {Description}")]
        public static partial void NotReady(ILogger logger, string check, string? description);
    }
}
