using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Identity.Web;
using Voice.Gateway.Authentication;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults;

namespace Voice.Gateway.OpenId.Entra;

/// <summary>
/// Microsoft Entra ID through Microsoft.Identity.Web, which knows its issuers, keys and clouds. It ends where the id_token is verified: what
/// becomes of the person is decided where it is for every provider. No cookie of its own.
/// </summary>
internal static class EntraSignIn
{
    public static IHostApplicationBuilder AddEntraSignIn(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSectionOptions<EntraOptions, EntraOptionsValidator>(EntraOptions.Section);
        builder.Services.AddSingleton<EntraProvider>();
        if (builder.Configuration.GetSection(EntraOptions.Section).Get<EntraOptions>() is not { IsConfigured: true } entra)
        {
            return builder;
        }

        builder.Services.AddAuthentication().AddMicrosoftIdentityWebApp(
            identity =>
            {
                identity.Instance = entra.Instance;
                identity.TenantId = entra.TenantId;
                identity.ClientId = entra.ClientId;
                identity.ClientSecret = entra.ClientSecret;
            },
            openIdConnectScheme: EntraProvider.Name,
            cookieScheme: null,
            displayName: entra.DisplayName);
        // After the library's own settings: it would ask for an id_token in the redirect, and post it.
        builder.Services.PostConfigure<OpenIdConnectOptions>(EntraProvider.Name, Configure);
        return builder;
    }

    private static void Configure(OpenIdConnectOptions options)
    {
        options.CallbackPath = EntraProvider.CallbackPath;
        options.ResponseType = "code";
        options.ResponseMode = "query";
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.RemoteAuthenticationTimeout = OpenIdAttempt.Lifetime;
        options.SignInScheme = GatewaySchemes.Cookie;
        options.Scope.Add("email");
        var before = options.Events.OnTokenValidated;
        options.Events.OnTokenValidated = async context =>
        {
            await before(context);
            context.Response.Redirect(await ArriveAsync(context));
            context.HandleResponse();
        };
        options.Events.OnRemoteFailure = async context =>
        {
            await RefuseAsync(context.HttpContext, context.Failure?.GetType().Name ?? "failure");
            context.Response.Redirect($"/sign-in?error={OpenIdErrors.Failed}");
            context.HandleResponse();
        };
        options.Events.OnAccessDenied = async context =>
        {
            await RefuseAsync(context.HttpContext, "the provider's page was left");
            context.Response.Redirect($"/sign-in?error={OpenIdErrors.Cancelled}");
            context.HandleResponse();
        };
    }

    private static async Task<string> ArriveAsync(TokenValidatedContext context)
    {
        var (http, cancellationToken) = (context.HttpContext, context.HttpContext.RequestAborted);
        var services = http.RequestServices;
        var attempt = EntraProvider.AttemptOf(context.Properties);
        var problemPage = attempt.UserId is null ? "/sign-in" : LinkedProvidersApi.Page;
        try
        {
            if (await services.GetRequiredService<SignInThrottle>().BeginArrivalAsync(ClientAddress.Of(http), cancellationToken) > TimeSpan.Zero)
            {
                return "/sign-in?error=throttled";
            }

            var token = context.SecurityToken;
            var who = services.GetRequiredService<EntraProvider>().IdentityOf(token.Issuer, token.Subject, token.Claims);
            var arrivals = services.GetRequiredService<OpenIdArrivals>();
            if (attempt.UserId is null)
            {
                return await arrivals.EnterAsync(http, who, attempt.ReturnUrl, cancellationToken);
            }

            // This runs before the request has a user.
            http.User = (await http.AuthenticateAsync(GatewaySchemes.Cookie)).Principal ?? http.User;
            return await arrivals.LinkAsync(http, who, attempt, cancellationToken);
        }
        catch (OpenIdException exception)
        {
            await RefuseAsync(http, exception.Reason);
            return $"{problemPage}?error={exception.Code}";
        }
        catch (SessionsUnavailableException)
        {
            return "/sign-in?error=unavailable";
        }
    }

    private static Task RefuseAsync(HttpContext context, string reason) =>
        context.RequestServices.GetRequiredService<OpenIdArrivals>().RefusedAsync(context, EntraProvider.Name, reason, context.RequestAborted);
}
