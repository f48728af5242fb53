namespace Voice.Api.Tools;

internal sealed partial class HttpToolClient
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Tool {Tool} was called: {Outcome} after {Milliseconds} ms")]
        public static partial void Called(ILogger logger, string tool, string outcome, double milliseconds);

        [LoggerMessage(2, LogLevel.Warning, "Tool {Tool} of {OrganizationId} was not called: {Reason}")]
        public static partial void Refused(ILogger logger, string organizationId, string tool, string reason);
    }
}
