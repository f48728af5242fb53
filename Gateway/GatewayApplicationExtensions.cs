using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;
using Voice.Gateway.Accounts;
using Voice.Gateway.ApiDocument;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.Audit;
using Voice.Gateway.Compression;
using Voice.Gateway.Limits;
using Voice.Gateway.Routing;
using Voice.Gateway.Routing.Resilience;
using Voice.Gateway.Security;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;
using Voice.Gateway.Tokens;
using Voice.Gateway.Usage;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway;

internal static class GatewayApplicationExtensions
{
    public static WebApplication UseGateway(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<AccessLog.AccessLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<MalformedHttp2>();
        app.UseDocumentCompression();
        // Who calls is known, so whose pages may read the answer, refusals by the limits among them; a preflight is answered here.
        app.UseServiceDefaults(beforeAuthorization: application => application.UseCors().UseMiddleware<RequestLimits>());
        app.UseMiddleware<CrossSiteGuard>();
        return app;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.MapDefaultEndpoints();
        app.MapPlatformDocument();
        app.MapPeople();
        app.MapSignInSessionsApi();
        app.MapTokensApi();
        app.MapApiKeysApi();
        app.MapAuditApi();
        app.MapUsageApi();
        app.MapLimitsApi();
        app.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<ForwardingErrors>();
            pipeline.UseMiddleware<BodyLimit>();
            pipeline.UseResilience();
        }).WithCompression();

        // Without these, the catch-all of the web app would answer for mistyped API paths, with a page.
        app.Map("/api/{**rest}", NoSuchApi).RequireKnown().ExcludeFromDescription();
        app.Map("/v1/{**rest}", NoSuchApi).RequireKnown().ExcludeFromDescription();
        return app;
    }

    /// <summary>Routing passes over an endpoint that does not take the request's content type, and comes here: the address is right, and the type is not.</summary>
    private static ProblemHttpResult NoSuchApi(HttpContext context, EndpointDataSource endpoints)
    {
        if (IsOtherVersion(context.Request.Path.Value!))
        {
            return ApiError.Result(
                StatusCodes.Status404NotFound, "unknown_version", "There is no such version of the API. What there is: /api/v1, the platform's own, and /v1, in OpenAI's form.");
        }

        return TakesOtherTypes(context.Request, endpoints)
            ? ApiError.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "This address does not take this content type.")
            : ApiError.Result(StatusCodes.Status404NotFound, "unknown_route", $"There is no {context.Request.Method} {context.Request.Path} here.");
    }

    /// <summary>/api/v9 and what is below it, but not /api/v1 or /api/voices.</summary>
    private static bool IsOtherVersion(string path)
    {
        const string prefix = "/api/v";
        var rest = path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? path.AsSpan(prefix.Length) : [];
        var number = rest[..(rest.IndexOf('/') is >= 0 and var end ? end : rest.Length)];
        return number is not ("" or "1") && !number.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TakesOtherTypes(HttpRequest request, EndpointDataSource endpoints) => endpoints.Endpoints.OfType<RouteEndpoint>().Any(endpoint =>
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null
        && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(request.Method) is true
        && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(request.Path, []));
}
