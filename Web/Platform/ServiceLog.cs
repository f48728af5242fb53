namespace Voice.Web.Platform;

internal static partial class ServiceLog
{
    [LoggerMessage(1, LogLevel.Warning, "A page is shown without the answer to {Path}.")]
    public static partial void NoAnswer(ILogger logger, string path, Exception exception);
}
