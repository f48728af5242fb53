using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Voice.ServiceDefaults.Http;

internal sealed class EntityTagFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return http.Request.Headers.IfMatch.Count == 0 ? EntityTags.Required() : await next(context);
        }

        var result = await next(context);
        return http.Response.Headers.ETag is [{ } tag] && Has(http.Request, tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : result;
    }

    private static bool Has(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch.OfType<string>()], out var known) && known.Any(k => k.Tag == "*" || k.Tag == tag);
}
