using Microsoft.AspNetCore.Cors.Infrastructure;
using Voice.Gateway.ApiKeys;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Security.Cors;

/// <summary>
/// Whose pages may read an answer. Only programs' credentials count, which a page has to send itself: no answer to a cookie is ever for another site, and no answer allows
/// credentials that browsers add.
/// </summary>
internal sealed class OrganizationCorsPolicies(OriginDirectory origins) : ICorsPolicyProvider
{
    private static readonly CorsPolicy Allowed = new CorsPolicyBuilder()
        // Who may was decided before this policy was chosen.
        .SetIsOriginAllowed(_ => true)
        .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        .WithHeaders(
            "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID", "Traceparent", "X-Request-Id",
            // What tus clients send with uploads.
            "Tus-Resumable", "Upload-Checksum", "Upload-Length", "Upload-Metadata", "Upload-Offset", "X-HTTP-Method-Override",
            // What OpenAI's client sends from a browser.
            "OpenAI-Beta", "OpenAI-Organization", "OpenAI-Project", "X-Stainless-Arch", "X-Stainless-Helper-Method", "X-Stainless-Lang", "X-Stainless-OS",
            "X-Stainless-Package-Version", "X-Stainless-Poll-Helper", "X-Stainless-Custom-Poll-Interval", "X-Stainless-Retry-Count", "X-Stainless-Runtime",
            "X-Stainless-Runtime-Version", "X-Stainless-Timeout")
        .WithExposedHeaders(
            "Deprecation", "ETag", "Idempotency-Replayed", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "Sunset", "VoiceAspire-Quota-Warning",
            "WWW-Authenticate", "X-Request-Id",
            "Tus-Checksum-Algorithm", "Tus-Extension", "Tus-Max-Size", "Tus-Resumable", "Tus-Version", "Upload-Expires", "Upload-Length", "Upload-Metadata", "Upload-Offset")
        .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
        .Build();

    private static readonly CorsPolicy Refused = new();

    /// <summary>Signing in is for our own pages.</summary>
    public static bool Covers(PathString path) =>
        path.StartsWithSegments("/v1") || (path.StartsWithSegments("/api/v1", out var rest) && !rest.StartsWithSegments("/auth"));

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var request = context.Request;
        if (!Covers(request.Path))
        {
            return null;
        }

        if (request.Headers.Origin is not [{ } origin])
        {
            return Refused;
        }

        var allowed = await origins.GetAsync(context.RequestAborted);
        return context.User.FindCaller() switch
        {
            // A preflight, what is open to everybody, and a credential that is no good: its owner should read why.
            null => allowed.IsKnown(origin),
            { } caller => ApiKeyCredential.IsPresent(request) && allowed.MayRead(caller, origin),
        } ? Allowed : Refused;
    }
}
