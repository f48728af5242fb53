using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Voice.Gateway.Compression;

/// <summary>Decides at the head of an answer of an endpoint that may be compressed.</summary>
internal sealed class DocumentCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    /// <summary>Below it, compressing costs more than it saves.</summary>
    private const int Smallest = 1024;

    /// <summary>
    /// The length of a compressed answer tells who sees it on the wire how alike its parts are; with a secret beside what an attacker chose, and a browser that the attacker
    /// has ask a thousand times, it tells the secret (BREACH). So not where the browser adds the credential itself; and which endpoints, they say themselves.
    /// </summary>
    public static bool MayBe(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.AcceptEncoding.Count > 0
        && context.GetEndpoint()?.Metadata.GetMetadata<CompressionMetadata>() is { } metadata
        && (metadata.IsPublic || context.Request.Headers.Cookie.Count == 0);

    public override bool ShouldCompressResponse(HttpContext context)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        return response.StatusCode == StatusCodes.Status200OK
            && !(response.ContentLength < Smallest)
            && headers.ContentEncoding.Count == 0
            && headers.SetCookie.Count == 0
            && !headers.CacheControl.ToString().Contains(CacheControlHeaderValue.NoTransformString, StringComparison.OrdinalIgnoreCase)
            // A strong tag says that not a byte differs, and is what If-Match compares: who is given a weak one could not change what they read.
            && !(headers.ETag is [{ } tag] && !tag.StartsWith("W/", StringComparison.Ordinal))
            && base.ShouldCompressResponse(context);
    }
}
