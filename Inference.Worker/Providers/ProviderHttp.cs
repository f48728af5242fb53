using System.Net;
using System.Text.Json;
using Voice.Core.Providers;

namespace Voice.Inference.Providers;

/// <summary>HTTP to providers: time limits, and what their errors mean to our callers. One for all kinds.</summary>
internal sealed class ProviderHttp(IHttpClientFactory clients, TimeProvider time)
{
    public const string ClientName = "providers";

    // Anthropic's.
    private const HttpStatusCode Overloaded = (HttpStatusCode)529;

    private const int LongestErrorBody = 16 * 1024;
    private const int LongestMessage = 300;

    /// <summary>Who leaves an answer in the middle, as at an interruption, ends it at the provider too, instead of reading on for seconds.</summary>
    public static SocketsHttpHandler CreateHandler() => new() { MaxResponseDrainSize = 0 };

    /// <summary>The response, its headers read and its status a success; the body is the caller's to read and dispose, within the time of its own.</summary>
    /// <param name="who">For messages: <c>Deepgram</c>, or <c>The configured model server</c>.</param>
    /// <param name="limit">The longest wait for the headers.</param>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string who, TimeSpan limit, CancellationToken cancellationToken) =>
        SendAsync(request, who, limit, null, cancellationToken);

    /// <param name="explain">What an error's body means where the service says more than its status; null where it is as any other.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, string who, TimeSpan limit, Func<JsonElement, ProviderException?>? explain, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage response;
        try
        {
            response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        }
        catch (HttpRequestException failure)
        {
            throw new ProviderException("provider_unavailable", $"{who} cannot be reached.", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException("provider_unavailable", $"{who} did not answer in time.", failure);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var (message, known) = await ReadErrorAsync(response, explain, stop.Token);
            throw known ?? Refusal(who, response.StatusCode, message, RetryAfter(response));
        }
    }

    /// <summary>A 4xx is about the request and worth reading, except those about our key, which are nobody's business but the operator's.</summary>
    public static ProviderException Refusal(string who, HttpStatusCode status, string? message = null, TimeSpan? retryAfter = null) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new("provider_unavailable", $"{who} refuses the configured key.") { IsLasting = true },
        HttpStatusCode.TooManyRequests => new("provider_unavailable", $"{who} limits its rate; try again later.") { RetryAfter = retryAfter },
        HttpStatusCode.RequestTimeout => new("provider_unavailable", $"{who} did not answer in time."),
        HttpStatusCode.ServiceUnavailable or Overloaded => new("provider_unavailable", $"{who} is not available.") { RetryAfter = retryAfter },
        >= HttpStatusCode.InternalServerError => new("provider_failed", $"{who} failed with status {(int)status}."),
        _ => new("provider_rejected", message is null ? $"{who} refused the request with status {(int)status}." : $"{who} refused the request: {message}"),
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date && date - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : null);

    private static async Task<(string? Message, ProviderException? Known)> ReadErrorAsync(
        HttpResponseMessage response, Func<JsonElement, ProviderException?>? explain, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[LongestErrorBody];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            var message = Message(document.RootElement) is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestMessage)] : null;
            return (message, document.RootElement.ValueKind == JsonValueKind.Object ? explain?.Invoke(document.RootElement) : null);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            return default; // Not every server answers errors in JSON, or at all; the status says enough.
        }
    }

    // {"error":{"message":"…"}} (OpenAI, Google, Anthropic), {"err_msg":"…"} and {"message":"…"} (Deepgram), {"detail":{"message":"…"}} (ElevenLabs)
    private static string? Message(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["error", "detail", "message", "err_msg", "error_message"])
        {
            if (!body.TryGetProperty(name, out var value))
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }

            if (value.ValueKind == JsonValueKind.Object)
            {
                return Message(value);
            }
        }

        return null;
    }
}
