using Microsoft.AspNetCore.Http;

namespace Voice.ServiceDefaults.Http.Deprecation;

/// <summary>Before authorization: who is refused should hear it as well.</summary>
internal sealed class DeprecationMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DeprecationMetadata>() is { } deprecation)
        {
            var headers = context.Response.Headers;
            headers["Deprecation"] = deprecation.Deprecation;
            headers.Append("Link", deprecation.Link);
            if (deprecation.Sunset is { } sunset)
            {
                headers["Sunset"] = sunset;
            }
        }

        return next(context);
    }
}
