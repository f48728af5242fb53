using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Voice.Gateway.Compression;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.ApiDocument;

internal static class ApiDocumentApi
{
    /// <summary>Which services the document describes as they were, because they do not answer.</summary>
    public const string StaleHeader = "X-Stale-Services";

    private static readonly TimeSpan PatienceWithServices = TimeSpan.FromSeconds(3);

    public static WebApplicationBuilder AddPlatformDocument(this WebApplicationBuilder builder)
    {
        builder.AddApiDocument(serve: false);
        builder.Services.AddSingleton<BuiltInDocument>();
        builder.Services.AddSingleton<ApiDocumentParts>();
        builder.Services.AddSingleton<ApiDocuments>();
        foreach (var service in ApiDocumentParts.Services)
        {
            var address = builder.Configuration.GetServiceUri(service);
            builder.Services.AddHttpClient(ApiDocumentParts.ClientOf(service), http => (http.BaseAddress, http.Timeout) = (address, PatienceWithServices)).AddCallerToken(service);
        }

        return builder;
    }

    /// <summary>Open to everybody: who decides whether to become a partner reads it first, and it says nothing of anybody.</summary>
    public static void MapPlatformDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiDocumentExtensions.Path, GetAsync).AllowAnonymous().ExcludeFromDescription().WithCompression(CompressionMetadata.Public);
        routes.MapGet("/api/v1/errors", ListErrors).AllowAnonymous().WithCompression(CompressionMetadata.Public).WithTags("Errors").WithName("ListErrorTypes").WithSummary("List error types")
            .WithDescription("Every error code of the API, with its status and what to do about it. Codes keep their meaning; new ones are added.")
            .WithResponseExample(
                """{"data":[{"code":"session_not_found","status":404,"title":"There is no such session","remedy":"GET /api/v1/sessions lists those of your organization.","type":"/docs/errors#session_not_found"}],"next_cursor":null}""");
    }

    private static async Task<FileContentHttpResult> GetAsync(ApiDocuments documents, HttpContext context, CancellationToken cancellationToken)
    {
        var document = await documents.GetAsync(cancellationToken);
        context.Response.Headers.CacheControl = "no-cache";
        // Weak: the same document in every encoding.
        if (document.Stale.Count > 0)
        {
            context.Response.Headers[StaleHeader] = string.Join(", ", document.Stale);
        }

        return TypedResults.File(document.Json, "application/json", entityTag: new EntityTagHeaderValue(document.EntityTag, isWeak: true));
    }

    private static Ok<Page<ErrorType>> ListErrors() => TypedResults.Ok(new Page<ErrorType>(ErrorCatalog.All, null));
}
