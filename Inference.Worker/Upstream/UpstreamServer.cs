using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Upstream;

/// <summary>Another OpenAI-compatible server: address, key, and what its errors mean to our callers.</summary>
internal sealed class UpstreamServer(IHttpClientFactory clients, TimeProvider time)
{
    public const string ClientName = "upstream";

    private const int LongestErrorBody = 16 * 1024;

    /// <summary>The response, its headers read and its status a success; the body is the caller's to read and dispose.</summary>
    public async Task<HttpResponseMessage> SendAsync(CapabilityOptions server, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.BaseUrl!.AbsoluteUri.TrimEnd('/')}/{path}") { Content = content };
        if (!string.IsNullOrEmpty(server.ApiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        }

        using var timeout = new CancellationTokenSource(server.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage response;
        try
        {
            response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        }
        catch (HttpRequestException failure)
        {
            throw new ProviderException("provider_unavailable", "The configured model server cannot be reached.", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException("provider_unavailable", "The configured model server did not answer in time.", failure);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw Refusal(response.StatusCode, await ReadMessageAsync(response, cancellationToken), response.Headers.RetryAfter?.Delta);
        }
    }

    /// <summary>Its 4xx are about the request and worth reading, except those about our key, which are nobody's business but the operator's.</summary>
    private static ProviderException Refusal(HttpStatusCode status, string? message, TimeSpan? retryAfter) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new("provider_unavailable", "The configured model server refuses the configured key."),
        HttpStatusCode.TooManyRequests => new("provider_unavailable", "The configured model server limits its rate; try again later.") { RetryAfter = retryAfter },
        HttpStatusCode.RequestTimeout => new("provider_unavailable", "The configured model server did not answer in time."),
        >= HttpStatusCode.InternalServerError => new("provider_failed", $"The configured model server failed with status {(int)status}."),
        _ => new("provider_rejected", message is null ? $"The configured model server refused the request with status {(int)status}." : $"The configured model server refused the request: {message}"),
    };

    private static async Task<string?> ReadMessageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[LongestErrorBody];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            return document.RootElement.GetProperty("error").GetProperty("message").GetString() is { Length: > 0 } message ? message[..Math.Min(message.Length, 300)] : null;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IOException or HttpRequestException)
        {
            return null; // Not every server answers errors in JSON; the status says enough.
        }
    }
}
