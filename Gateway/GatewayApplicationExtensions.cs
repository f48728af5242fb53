using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Gateway.Accounts;
using Voice.Gateway.ApiDocument;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.Audit;
using Voice.Gateway.Limits;
using Voice.Gateway.Routing;
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
        app.UseServiceDefaults(beforeAuthorization: application => application.UseMiddleware<RequestLimits>());
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
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        });

        // Without these, the catch-all of the web app would answer for mistyped API paths, with a page.
        app.Map("/api/{**rest}", NoSuchApi).RequireKnown().ExcludeFromDescription();
        app.Map("/v1/{**rest}", NoSuchApi).RequireKnown().ExcludeFromDescription();
        return app;
    }

    private static ProblemHttpResult NoSuchApi(HttpContext context) => ApiError.Result(
        StatusCodes.Status404NotFound, "unknown_route", $"There is no {context.Request.Method} {context.Request.Path} here.");
}
