using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Voice.ServiceDefaults.Identity;

public static class ServiceIdentityExtensions
{
    /// <summary>The scheme of identity tokens; the default one unless the service (the gateway) sets another.</summary>
    public const string Scheme = "IdentityToken";

    /// <summary>Sends a short-lived identity token for the caller of the current request or, outside a request, for this service.</summary>
    /// <param name="own">What this service may do there whoever it does it for: a conversation is allowed to speak, even where its client is not.</param>
    public static IHttpClientBuilder AddCallerToken(this IHttpClientBuilder builder, ScopeSet own = default) => builder.AddHttpMessageHandler(provider =>
        ActivatorUtilities.CreateInstance<CallerTokenHandler>(provider, own));

    internal static void AddServiceIdentity(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSectionOptions<IdentityOptions, IdentityOptionsValidator>(IdentityOptions.Section);
        builder.Services.TryAddSingleton<IdentityTokens>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.TryAddSingleton<CurrentCaller>();
        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, IdentityTokenHandler>(Scheme, null);
        builder.Services.AddAuthorizationBuilder().AddScopePolicies();
    }
}
