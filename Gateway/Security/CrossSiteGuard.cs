using Voice.Gateway.ApiKeys;
using Voice.Gateway.Routing;
using Voice.Gateway.Security.Cors;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Security;

/// <summary>
/// Browsers send the cookie with requests that other sites cause. Whatever changes something, or opens a WebSocket, by cookie must come
/// from our own pages: browsers say so in Sec-Fetch-Site or Origin, and neither can be set by a script. No browser adds an API key by itself: a request with
/// one may come from anywhere, unless its organization names its pages; then from those, and from what is no page.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next, OriginDirectory origins)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (ApiKeyCredential.IsPresent(request))
        {
            return request.Headers.Origin.Count == 0 ? next(context) : ByCredentialAsync(context);
        }

        if (IsSafe(request.Method) && !WebSocketUpgrade.IsAsked(context))
        {
            return next(context);
        }

        var byCookie = context.User.Identity is { IsAuthenticated: true };
        return ComesFromUs(request) switch
        {
            true => next(context),
            // Without a cookie there is nothing to abuse yet, except signing a victim in to the attacker's account.
            null when !byCookie => next(context),
            _ => ApiError.WriteAsync(
                context, StatusCodes.Status403Forbidden, "cross_site_request", "Requests that use the sign-in cookie must come from this site's own pages."),
        };
    }

    private async Task ByCredentialAsync(HttpContext context)
    {
        // A browser only keeps the answer from another site's page; what the request does it would have done.
        if (context.User.FindCaller() is { } caller && ComesFromUs(context.Request) is false
            && (await origins.GetAsync(context.RequestAborted)).IsForeign(caller, context.Request.Headers.Origin is [{ } origin] ? origin : null))
        {
            await ApiError.WriteAsync(
                context, StatusCodes.Status403Forbidden, "origin_not_allowed", "The organization names the origins that its pages have, and this is none of them.");
            return;
        }

        await next(context);
    }

    /// <summary>Null where the client says nothing about it.</summary>
    private static bool? ComesFromUs(HttpRequest request)
    {
        if (request.Headers.Origin is [{ } origin])
        {
            // The scheme may have been changed by a proxy in front of us; the authority identifies the site.
            return Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
        }

        return request.Headers["Sec-Fetch-Site"] is [{ } site] ? site is "same-origin" : null;
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
