using System.Net.Http.Headers;
using Voice.Inference.Engines;
using Voice.Inference.Providers;

namespace Voice.Inference.Upstream;

/// <summary>Another OpenAI-compatible server: address and key.</summary>
internal sealed class UpstreamServer(ProviderHttp http)
{
    private const string Who = "The configured model server";

    /// <summary>The response, its headers read and its status a success; the body is the caller's to read and dispose.</summary>
    public async Task<HttpResponseMessage> SendAsync(CapabilityOptions server, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, server, path);
        request.Content = content;
        return await http.SendAsync(request, Who, server.Timeout, cancellationToken);
    }

    /// <summary>Every server of this shape lists its models, and only to those whose key it takes.</summary>
    public async Task CheckAsync(CapabilityOptions server, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, server, "models");
        using var response = await http.SendAsync(request, Who, server.Timeout, cancellationToken);
    }

    private static HttpRequestMessage Request(HttpMethod method, CapabilityOptions server, string path)
    {
        var request = new HttpRequestMessage(method, $"{server.BaseUrl!.AbsoluteUri.TrimEnd('/')}/{path}");
        if (!string.IsNullOrEmpty(server.ApiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        }

        return request;
    }
}
