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

    internal static void AddServiceIdentity(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<IdentityOptions, IdentityOptionsValidator>().BindConfiguration(IdentityOptions.Section);
        builder.Services.TryAddSingleton<IdentityTokens>();
        builder.Services.TryAddSingleton<CurrentCaller>();
        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, IdentityTokenHandler>(Scheme, null);

        // An endpoint that says nothing is closed.
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
