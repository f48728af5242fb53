using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Voice.ServiceDefaults.Identity;

public static class ServiceIdentityExtensions
{
    /// <summary>The scheme of identity tokens; the default one unless the service (the gateway) sets another.</summary>
    public const string Scheme = "IdentityToken";

    /// <summary>Sends a short-lived identity token for the caller of the current request or, outside a request, for this service.</summary>
    public static IHttpClientBuilder AddCallerToken(this IHttpClientBuilder builder) => builder.AddHttpMessageHandler<CallerTokenHandler>();

    internal static void AddServiceIdentity(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSectionOptions<IdentityOptions, IdentityOptionsValidator>(IdentityOptions.Section);
        builder.Services.TryAddSingleton<IdentityTokens>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.TryAddSingleton<CurrentCaller>();
        builder.Services.TryAddTransient<CallerTokenHandler>();
        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, IdentityTokenHandler>(Scheme, null);

        // An endpoint that says nothing is closed.
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
