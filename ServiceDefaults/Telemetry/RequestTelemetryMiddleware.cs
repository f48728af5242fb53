using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>Gives each request an id that the client, the log and the error share, and the server's span its names.</summary>
internal sealed class RequestTelemetryMiddleware(RequestDelegate next, ILogger<RequestTelemetryMiddleware> logger, TimeProvider timeProvider)
{
    internal const string RequestIdHeader = "X-Request-Id";
    private const int MaxIdLength = 64;

    public async Task InvokeAsync(HttpContext context)
    {
        var id = Accept(context.Request.Headers[RequestIdHeader]) ?? Ids.New("req", timeProvider);
        context.TraceIdentifier = id;
        context.Request.Headers[RequestIdHeader] = id;
        context.Response.OnStarting(static state =>
        {
            var response = ((HttpContext)state).Response;
            response.Headers[RequestIdHeader] = response.HttpContext.TraceIdentifier;
            return Task.CompletedTask;
        }, context);

        var activity = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (activity is not null && TelemetrySources.IsProbe(context.Request.Path.Value ?? ""))
        {
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            activity.IsAllDataRequested = false;
        }

        using (logger.BeginScope(new RequestScope(id)))
        {
            try
            {
                await next(context);
            }
            finally
            {
                Describe(activity, context);
            }
        }
    }

    /// <summary>A client's id is kept where it can do no harm in a header or a log; anything else is replaced.</summary>
    private static string? Accept(string? id) =>
        id is { Length: > 0 and <= MaxIdLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? id : null;

    /// <summary>OpenTelemetry's names for an HTTP server span; the path is the route's, so that ids do not become names.</summary>
    private static void Describe(Activity? activity, HttpContext context)
    {
        if (activity is not { IsAllDataRequested: true })
        {
            return;
        }

        var status = context.Response.StatusCode;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        activity.SetTag("http.request.method", context.Request.Method);
        activity.SetTag("http.route", route);
        activity.SetTag("url.path", context.Request.Path.Value);
        activity.SetTag("http.response.status_code", status);
        activity.SetTag("voice.request_id", context.TraceIdentifier);
        if (status >= 500)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    private sealed class RequestScope(string id) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] => new("request_id", id);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => $"request_id:{id}";
    }
}
