using System.Net;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.AccessLog;

/// <summary>
/// One line for each request when it is over: method, route, status, bytes, duration, whose, and the request's and the trace's
/// ids. Neither path nor query: ids are in the services' own logs, and signatures and search terms are nobody's business.
/// </summary>
internal sealed partial class AccessLog(RequestDelegate next, TimeProvider time, ILogger<AccessLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            await next(context);
            return;
        }

        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Write(context, CountedBody.Of(context) ?? context.Response.ContentLength, time.GetElapsedTime(started));
        }
    }

    private void Write(HttpContext context, long? bytes, TimeSpan duration)
    {
        var caller = context.User.FindCaller();
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var status = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? StatusClientGone : context.Response.StatusCode;
        if (route is "/health" or "/alive" && status < 400)
        {
            // Probes come every few seconds and say nothing while all is well.
            return;
        }

        Log.Request(
            logger, MethodOf(context.Request), route, status, Math.Round(duration.TotalMilliseconds, 2), context.Request.ContentLength ?? 0, bytes ?? 0,
            caller?.Subject ?? "-", caller?.OrganizationId ?? "-", context.Connection.RemoteIpAddress, context.TraceIdentifier);
    }

    // As nginx has it: the client went before there was an answer.
    private const int StatusClientGone = 499;

    /// <summary>A method is any token; only those that exist are worth a line's words.</summary>
    private static string MethodOf(HttpRequest request) => request.Method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" or "CONNECT" or "TRACE" => request.Method,
        _ => "OTHER",
    };

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Information,
            "{Method} {Route} {Status} in {DurationMs} ms, {RequestBytes} in, {ResponseBytes} out, of {Subject} in {OrganizationId} from {Address}",
            EventName = "Request", SkipEnabledCheck = true)]
#pragma warning disable SYSLIB1015 // Of the line, not of its message: the scope that has the request's id ended with the request.
        public static partial void Request(
            ILogger logger, string method, string route, int status, double durationMs, long requestBytes, long responseBytes, string subject,
            string organizationId, IPAddress? address, string requestId);
#pragma warning restore SYSLIB1015
    }
}
