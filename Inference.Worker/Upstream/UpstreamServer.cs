using System.Net.Http.Headers;
using Voice.Inference.Engines;
using Voice.Inference.Providers;

namespace Voice.Inference.Upstream;

/// <summary>Another OpenAI-compatible server: address and key.</summary>
internal sealed class UpstreamServer(ProviderHttp http)
{
    /// <summary>The response, its headers read and its status a success; the body is the caller's to read and dispose.</summary>
    public async Task<HttpResponseMessage> SendAsync(CapabilityOptions server, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.BaseUrl!.AbsoluteUri.TrimEnd('/')}/{path}") { Content = content };
        if (!string.IsNullOrEmpty(server.ApiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        }

        return await http.SendAsync(request, "The configured model server", server.Timeout, cancellationToken);
    }
}
