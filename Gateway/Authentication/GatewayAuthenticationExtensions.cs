using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.Sessions;
using Voice.Gateway.Tokens;
using Voice.ServiceDefaults.ClientSecrets;

namespace Voice.Gateway.Authentication;

internal static class GatewayAuthenticationExtensions
{
    public const string CookieName = "voice.session";

    /// <summary>API keys and cookies instead of the identity tokens that services read; those would be refused here.</summary>
    public static IServiceCollection AddGatewayAuthentication(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SignInSessionOptions, SignInSessionOptionsValidator>().BindConfiguration(SignInSessionOptions.Section);
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SignInSessions>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInSessions>());
        services.AddSingleton<BrowserSession>();
        services.AddOptionsWithValidateOnStart<TokenOptions, TokenOptionsValidator>().BindConfiguration(TokenOptions.Section);
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<TokenServices>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<ApiKeyDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyDirectory>());
        services.AddSingleton<ClientSecretMakers>();
        services.AddSingleton<ApiKeyUsage>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUsage>());
        services.AddAuthentication(GatewaySchemes.Any)
            .AddPolicyScheme(GatewaySchemes.Any, null, options => options.ForwardDefaultSelector =
                context => !ApiKeyCredential.IsPresent(context.Request) ? GatewaySchemes.Cookie
                    : AccessTokenAuthenticationHandler.IsPresent(context.Request) ? GatewaySchemes.AccessToken
                    : ApiKeyCredential.Read(context.Request)?.StartsWith(ClientSecret.Prefix, StringComparison.Ordinal) == true ? GatewaySchemes.ClientSecret
                    : GatewaySchemes.ApiKey)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(GatewaySchemes.ApiKey, null)
            .AddScheme<AuthenticationSchemeOptions, AccessTokenAuthenticationHandler>(GatewaySchemes.AccessToken, null)
            .AddScheme<AuthenticationSchemeOptions, ClientSecretAuthenticationHandler>(GatewaySchemes.ClientSecret, null)
            .AddCookie(GatewaySchemes.Cookie);
        services.AddOptions<CookieAuthenticationOptions>(GatewaySchemes.Cookie).Configure<IOptions<SignInSessionOptions>, TimeProvider>(ConfigureCookie);

        return services;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options, IOptions<SignInSessionOptions> sessions, TimeProvider time)
    {
        options.TimeProvider = time;
        options.ExpireTimeSpan = sessions.Value.Idle;
        options.SlidingExpiration = true;
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnRedirectToLogin = context => Challenge.WriteAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Challenge.WriteForbiddenAsync(context.HttpContext);
        options.Events.OnValidatePrincipal = context =>
            context.HttpContext.RequestServices.GetRequiredService<BrowserSession>().ValidateAsync(context);
    }
}
