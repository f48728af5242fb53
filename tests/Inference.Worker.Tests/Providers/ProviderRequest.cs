using System.Text;
using Microsoft.AspNetCore.Http;

namespace Voice.Inference.Tests.Providers;

/// <param name="Target">Path and query.</param>
internal sealed record ProviderRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The body stays readable for who answers.</summary>
    public static async Task<ProviderRequest> ReadAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var body = new MemoryStream();
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            context.Request.Body.Position = 0;
        }

        return new(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }
}
