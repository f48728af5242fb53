using Microsoft.AspNetCore.ResponseCompression;
using Voice.Gateway.Routing;

namespace Voice.Gateway.Compression;

internal static class CompressionExtensions
{
    public static IServiceCollection AddDocumentCompression(this IServiceCollection services)
    {
        // Static files come compressed from the web app, by its build.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json"];
        });
        return services.AddSingleton<IResponseCompressionProvider, DocumentCompression>();
    }

    public static void UseDocumentCompression(this WebApplication app) => app.UseWhen(DocumentCompression.MayBe, branch => branch.UseResponseCompression());

    public static TBuilder WithCompression<TBuilder>(this TBuilder endpoint, CompressionMetadata metadata)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(metadata);

    /// <summary>Of the route table.</summary>
    public static void WithCompression(this ReverseProxyConventionBuilder proxy) => proxy.ConfigureEndpoints((endpoint, route) =>
    {
        if (route.Metadata?.ContainsKey(ServiceRoute.CompressedMetadata) is true)
        {
            endpoint.WithMetadata(CompressionMetadata.Documents);
        }
    });
}
