using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Voice.Gateway.Errors;

/// <summary>
/// Errors for people: a small page where a browser asked for one. It needs nothing from the web app, which may be the very service that
/// is down. Whoever calls an API never gets it.
/// </summary>
internal sealed class PageErrorWriter : IProblemDetailsWriter
{
    private const string Style =
        """
        :root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}
        h1{font-size:1.5rem;font-weight:600}p{opacity:.85}a{color:inherit}small{opacity:.6}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; frame-ancestors 'none'";

    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return !request.Path.StartsWithSegments("/v1") && !request.Path.StartsWithSegments("/api")
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        http.Response.StatusCode = problem.Status ?? http.Response.StatusCode;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var title = WebUtility.HtmlEncode(ReasonPhrases.GetReasonPhrase(http.Response.StatusCode));
        await http.Response.WriteAsync(
            $"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} · VoiceAspire</title><style>{Style}</style></head>
            <body><h1>{title}</h1><p>{WebUtility.HtmlEncode(problem.Detail ?? "The page cannot be shown.")}</p>
            <p><a href="{WebUtility.HtmlEncode(http.Request.PathBase + http.Request.Path)}">Try again</a></p>
            <small>Request {WebUtility.HtmlEncode(http.TraceIdentifier)}</small></body></html>
            """,
            http.RequestAborted);
    }
}
