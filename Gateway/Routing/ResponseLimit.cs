using System.Globalization;
using Voice.Gateway.AccessLog;
using Voice.ServiceDefaults.Errors;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Voice.Gateway.Routing;

/// <summary>
/// An answer of a document's route that is larger than any document: refused where it says so, cut off where it does not. A service that runs wild costs a client's memory and
/// ours no more than that. After <see cref="ServiceCredentials"/>, which counts.
/// </summary>
internal sealed partial class ResponseLimit(ILogger<ResponseLimit> logger) : ITransformProvider
{
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        if (context.Route.Metadata?.GetValueOrDefault(ServiceRoute.ResponseMetadata) is not { } text)
        {
            return;
        }

        var (limit, service) = (long.Parse(text, CultureInfo.InvariantCulture), context.Route.Metadata[ForwardingErrors.ServiceMetadata]);
        context.AddResponseTransform(async transform =>
        {
            if (transform.HttpContext.Response.ContentLength > limit)
            {
                Log.TooLarge(logger, service, transform.HttpContext.Response.ContentLength ?? 0);
                transform.TakeBack();
                await ApiError.WriteAsync(
                    transform.HttpContext, StatusCodes.Status502BadGateway, "service_unavailable", $"The answer of the service '{service}' is larger than an answer may be.");
            }
            else if (transform.HttpContext.Features.Get<CountedBody>() is { } body)
            {
                body.Limit = limit;
            }
        });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An answer of {Service} has {Bytes} bytes, and is not passed on")]
        public static partial void TooLarge(ILogger logger, string service, long bytes);
    }
}
