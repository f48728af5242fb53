using Microsoft.Net.Http.Headers;
using Voice.Gateway.Security.Cors;

namespace Voice.Gateway.Security;

/// <summary>Headers that make browsers careful with what we send.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Components write style attributes; style elements and scripts in the page stay forbidden.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.Remove("Server");
        var page = context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true;
        if (!page || headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = page ? PagePolicy : ApiPolicy;
        }

        if (OrganizationCorsPolicies.Covers(context.Request.Path) && !headers.Vary.Contains("Origin"))
        {
            // Also on answers to requests without one: a cache would give them to pages.
            headers.Append(HeaderNames.Vary, "Origin");
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
    }
}
