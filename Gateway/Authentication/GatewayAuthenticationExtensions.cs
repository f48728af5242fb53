using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Voice.Gateway.Accounts;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

internal static class GatewayAuthenticationExtensions
{
    public const string CookieName = "voice.session";

    /// <summary>API keys and cookies instead of the identity tokens that services read; those would be refused here.</summary>
    public static IServiceCollection AddGatewayAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyDirectory>();
        services.AddSingleton<ApiKeyUsage>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUsage>());
        services.AddAuthentication(GatewaySchemes.Any)
            .AddPolicyScheme(GatewaySchemes.Any, null, options => options.ForwardDefaultSelector =
                context => !ApiKeyCredential.IsPresent(context.Request) ? GatewaySchemes.Cookie
                    : ApiKeyCredential.Read(context.Request)?.StartsWith(ClientSecret.Prefix, StringComparison.Ordinal) == true ? GatewaySchemes.ClientSecret
                    : GatewaySchemes.ApiKey)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(GatewaySchemes.ApiKey, null)
            .AddScheme<AuthenticationSchemeOptions, ClientSecretAuthenticationHandler>(GatewaySchemes.ClientSecret, null)
            .AddCookie(GatewaySchemes.Cookie);
        services.AddOptions<CookieAuthenticationOptions>(GatewaySchemes.Cookie).Configure<IOptions<SignInLimits>, TimeProvider>(ConfigureCookie);

        var known = new AuthorizationPolicyBuilder(GatewaySchemes.Any).RequireAuthenticatedUser().Build();
        var operators = new AuthorizationPolicyBuilder(GatewaySchemes.Any)
            .RequireAssertion(context => context.User.FindCaller()?.Kind == "api_key" || context.User.HasClaim(GatewayClaims.Role, GatewayClaims.Administrator))
            .Build();
        services.AddAuthorizationBuilder()
            .AddPolicy(GatewayPolicies.Known, known)
            .AddPolicy(GatewayPolicies.Operator, operators)
            .SetDefaultPolicy(known)
            .SetFallbackPolicy(known);
        return services;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options, IOptions<SignInLimits> signIn, TimeProvider time)
    {
        options.TimeProvider = time;
        options.ExpireTimeSpan = signIn.Value.CookieLifetime;
        options.SlidingExpiration = true;
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnRedirectToLogin = context => Challenge.WriteAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Challenge.WriteForbiddenAsync(context.HttpContext);
        options.Events.OnValidatePrincipal = async context =>
        {
            var users = context.HttpContext.RequestServices.GetRequiredService<UserDirectory>();
            var caller = context.Principal?.FindCaller();
            var stamp = context.Principal?.FindFirst(GatewayClaims.SecurityStamp)?.Value;
            if (caller is null || !await users.IsCurrentAsync(caller.Subject, stamp, context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
            }
        };
    }
}
