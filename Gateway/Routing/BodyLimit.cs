using Microsoft.AspNetCore.Http.Features;
using Voice.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Model;

namespace Voice.Gateway.Routing;

/// <summary>Refuses a body that says it is too large before a byte of it is read. One that does not say is cut off by the server at the same limit.</summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    public const string Code = "payload_too_large";

    public static string Message(long limit) => $"The body is larger than the {limit / ServiceRoute.Megabyte} MB that this address takes.";

    public Task InvokeAsync(HttpContext context)
    {
        var limit = context.GetReverseProxyFeature().Route.Config.MaxRequestBodySize;
        if (context.Request.ContentLength > limit)
        {
            // The rest of the body is not read: the connection cannot be used again.
            context.Response.Headers.Connection = context.Request.Protocol == HttpProtocol.Http11 ? "close" : default;
            return ApiError.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, Code, Message(limit.Value));
        }

        return next(context);
    }
}
