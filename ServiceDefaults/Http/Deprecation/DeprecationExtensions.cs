using Microsoft.AspNetCore.Builder;

namespace Voice.ServiceDefaults.Http.Deprecation;

public static class DeprecationExtensions
{
    /// <summary>
    /// The endpoint still works and will not for ever: every answer, refusals among them, says so (<c>Deprecation</c>, <c>Sunset</c>, <c>Link</c>), and so does
    /// the API document.
    /// </summary>
    /// <param name="sunset">From when on it may be gone; null where that is not decided.</param>
    /// <param name="successor">The path to use instead.</param>
    public static TBuilder Deprecated<TBuilder>(this TBuilder endpoint, DateTimeOffset since, DateTimeOffset? sunset = null, string? successor = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DeprecationMetadata(since, sunset, successor));

    internal static void UseDeprecation(this WebApplication app) => app.UseMiddleware<DeprecationMiddleware>();
}
