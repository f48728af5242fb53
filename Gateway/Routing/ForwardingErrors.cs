using Voice.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Voice.Gateway.Routing;

/// <summary>What clients are told when a service could not be reached or did not answer: in the form of the API they called.</summary>
internal sealed partial class ForwardingErrors(RequestDelegate next, ILogger<ForwardingErrors> logger)
{
    public const string ServiceMetadata = "service";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure)
        {
            return;
        }

        var proxy = context.GetReverseProxyFeature();
        var service = proxy.Route.Config.Metadata?[ServiceMetadata] ?? "unknown";
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        Log.NotForwarded(logger, service, failure.Error, context.Response.StatusCode, failure.Exception?.Message);
        if (!context.Response.HasStarted && context.Response.StatusCode >= 400)
        {
            var (code, message) = Describe(context.Response.StatusCode, service, proxy.Route.Config.MaxRequestBodySize);
            await ApiError.WriteAsync(context, context.Response.StatusCode, code, message);
        }
    }

    private static (string Code, string Message) Describe(int status, string service, long? bodyLimit) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => (BodyLimit.Code, BodyLimit.Message(bodyLimit ?? 0)),
        StatusCodes.Status504GatewayTimeout => ("service_timeout", $"The service '{service}' did not answer in time. Try again."),
        >= 500 => ("service_unavailable", $"The service '{service}' cannot be reached right now. Try again in a moment."),
        _ => ("invalid_request", "The request could not be read to its end."),
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A request to {Service} failed with {Error}, answered {StatusCode}: {Reason}")]
        public static partial void NotForwarded(ILogger logger, string service, ForwarderError error, int statusCode, string? reason);
    }
}
