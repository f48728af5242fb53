using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Identity.Jwt;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.ServiceDefaults.Identity;

public static class ServiceIdentityExtensions
{
    /// <summary>The scheme of identity tokens; the default one unless the service (the gateway) sets another.</summary>
    public const string Scheme = "IdentityToken";

    /// <summary>Sends a short-lived identity token for the caller of the current request or, outside a request, for this service.</summary>
    /// <param name="audience">The service that is called.</param>
    /// <param name="own">
    /// What the calls may do there whoever they are for, instead of what the caller may: a conversation is allowed to speak, even where its
    /// client is not. Only where this service signs tokens.
    /// </param>
    public static IHttpClientBuilder AddCallerToken(this IHttpClientBuilder builder, string audience, ScopeSet? own = null) =>
        builder.AddHttpMessageHandler(provider => new CallerTokenHandler(
            provider, provider.GetRequiredService<CurrentCaller>(), provider.GetRequiredService<IHttpContextAccessor>(), audience, own));

    /// <summary>This service signs identity tokens itself. After <c>AddSigningKeys</c> with <see cref="KeySchedule.Internal"/>.</summary>
    public static IHostApplicationBuilder AddIdentityTokens(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(provider => new IdentityTokens(
            provider.GetRequiredKeyedService<ISigningKeys>(KeySchedule.Internal.Purpose),
            ServiceNames.Of(provider.GetRequiredService<IHostEnvironment>().ApplicationName),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>The public keys of a service that signs identity tokens, for those that trust it. Public keys are nobody's secret.</summary>
    public static IEndpointConventionBuilder MapServiceKeys(this IEndpointRouteBuilder routes) =>
        routes.MapGet(TrustedKeys.Path, Keys).AllowAnonymous().ExcludeFromDescription();

    internal static void AddServiceIdentity(this IHostApplicationBuilder builder, IReadOnlyList<TrustedIssuer> trusted)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<IdentityOptions>, TrustedKeysValidator>();
        services.AddSectionOptions<IdentityOptions, IdentityOptionsValidator>(IdentityOptions.Section).Configure(options => options.Trusted = trusted);
        services.AddHttpClient(TrustedKeys.HttpClient);
        services.TryAddSingleton<TrustedKeys>();
        services.TryAddSingleton<IdentityTokenVerifier>();
        services.AddHttpContextAccessor();
        services.TryAddSingleton<CurrentCaller>();
        services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, IdentityTokenHandler>(Scheme, null);
        services.AddAuthorizationBuilder().AddScopePolicies();
    }

    private static Utf8ContentHttpResult Keys(HttpContext context, [FromKeyedServices("internal")] ISigningKeys keys)
    {
        context.Response.Headers.CacheControl = "max-age=300";
        return TypedResults.Text(System.Text.Encoding.UTF8.GetBytes(keys.Published.ToJson()), JsonWebKeySet.ContentType);
    }
}
