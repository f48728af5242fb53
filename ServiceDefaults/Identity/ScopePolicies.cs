using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Voice.ServiceDefaults.Errors;

namespace Voice.ServiceDefaults.Identity;

/// <summary>The policies that endpoints and gateway routes name: one for each scope, and <see cref="Known"/> for whoever has a credential.</summary>
public static class ScopePolicies
{
    /// <summary>Any caller with a credential: for what concerns only the caller itself.</summary>
    public const string Known = "known";

    private const string Prefix = "scope:";

    public static string NameOf(string scope) => Scopes.All.Contains(scope, StringComparer.Ordinal)
        ? Prefix + scope
        : throw new ArgumentException($"'{scope}' is no scope.", nameof(scope));

    /// <summary>Closed to callers without the scope: 401 where there is none, 403 where it may not.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(NameOf(scope));

    /// <summary>Open to every caller, whatever it may do.</summary>
    public static TBuilder RequireKnown<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(Known);

    /// <summary>The scopes that an endpoint asks for; empty where it asks for none.</summary>
    public static IEnumerable<string> RequiredScopes(this Endpoint endpoint) => endpoint.Metadata.OfType<IAuthorizeData>()
        .Select(data => data.Policy)
        .Where(policy => policy?.StartsWith(Prefix, StringComparison.Ordinal) is true)
        .Select(policy => policy![Prefix.Length..])
        .Distinct(StringComparer.Ordinal);

    /// <summary>403 that names what is missing, as RFC 6750 has it.</summary>
    public static Task WriteForbiddenAsync(HttpContext context)
    {
        var scopes = string.Join(' ', context.GetEndpoint()?.RequiredScopes() ?? []);
        if (scopes.Length == 0)
        {
            return ApiError.WriteAsync(context, StatusCodes.Status403Forbidden, "forbidden", "The caller may not do this.");
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = $"Bearer error=\"insufficient_scope\", scope=\"{scopes}\"";
        return ApiError.WriteAsync(
            context, StatusCodes.Status403Forbidden, "insufficient_scope", $"This takes the scope '{scopes}', which the credential does not have.");
    }

    internal static void AddScopePolicies(this AuthorizationBuilder authorization)
    {
        authorization.AddPolicy(Known, policy => policy.RequireAuthenticatedUser());
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(NameOf(scope), policy => policy.RequireAuthenticatedUser().RequireAssertion(
                context => context.User.FindCaller() is { } caller && caller.Scopes.Contains(scope)));
        }

        // An endpoint that says nothing is closed to everybody; an address without one says that it is not
        // there, or that it takes another method (routing makes an endpoint that says so), to whoever is known.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
            .RequireAssertion(context => context.Resource is not HttpContext http || http.GetEndpoint() is not RouteEndpoint)
            .Build());
    }
}
