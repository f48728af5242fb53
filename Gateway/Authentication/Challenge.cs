using Microsoft.Net.Http.Headers;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

/// <summary>How a request without a good credential is turned away: people to the sign-in page, programs with a 401 that says why.</summary>
internal static class Challenge
{
    public static Task WriteAsync(HttpContext context)
    {
        var problem = context.Features.Get<CredentialProblem>() ?? CredentialProblem.Missing;
        if (IsNavigation(context.Request))
        {
            var from = context.Request.Path + context.Request.QueryString;
            context.Response.Redirect(from == "/" ? "/sign-in" : $"/sign-in?return_url={Uri.EscapeDataString(from)}");
            return Task.CompletedTask;
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers[HeaderNames.WWWAuthenticate] = problem == CredentialProblem.Missing ? "Bearer" : "Bearer error=\"invalid_token\"";
        }

        return ApiError.WriteAsync(context, problem.Status, problem.Code, problem.Message);
    }

    public static Task WriteForbiddenAsync(HttpContext context) => ScopePolicies.WriteForbiddenAsync(context);

    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/v1") && !request.Path.StartsWithSegments("/metrics")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
