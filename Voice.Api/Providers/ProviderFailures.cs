using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Voice.Core.Providers;

namespace Voice.Api.Providers;

/// <summary>What a failed call to inference-worker means to a conversation.</summary>
internal static class ProviderFailures
{
    public const string Unavailable = "provider_unavailable";
    public const string Rejected = "provider_rejected";
    public const string Failed = "provider_failed";
    public const string UnsupportedLanguage = "unsupported_language";

    private const int MaxErrorBody = 16 * 1024;
    private const int MaxMessage = 400;

    /// <summary>Null for what is no provider failure: the caller's own cancellation, a programming error.</summary>
    public static ProviderException? Translate(Exception exception, SilenceLimit silence) => exception switch
    {
        ProviderException => null,
        OperationCanceledException => silence.IsExceeded
            ? new ProviderException(Unavailable, $"The provider did not answer within {silence.Limit.TotalSeconds:0.#} seconds.", exception)
            : null,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
            or SocketException => new ProviderException(Unavailable, "The provider could not be reached.", exception),
        HttpRequestException or IOException or WebSocketException => new ProviderException(Failed, "The connection to the provider broke off.", exception),
        JsonException or InvalidDataException => new ProviderException(Failed, "The provider's answer could not be read.", exception),
        _ => null,
    };

    /// <summary>Reads <c>{"error":{"message":"…","type":"…","param":null,"code":"…"}}</c>, or what there is instead.</summary>
    public static async Task<ProviderException> ReadAsync(HttpResponseMessage response, SilenceLimit silence)
    {
        ProviderError? error = null;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            var buffer = new byte[MaxErrorBody];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, silence.Token);
            error = JsonSerializer.Deserialize(buffer.AsSpan(0, length), ProviderJson.Default.ErrorEnvelope)?.Error;
        }
        catch (Exception exception) when (exception is JsonException || Translate(exception, silence) is not null)
        {
            // A proxy's HTML page, or a body that broke off: the status still says what happened.
        }

        return FromStatus(response.StatusCode, error, cause: null, RetryAfter(response, silence.Time));
    }

    /// <summary>An error inside a stream, after the status was sent.</summary>
    public static ProviderException FromEvent(ProviderError? error) =>
        error?.Code == UnsupportedLanguage
            ? new ProviderException(UnsupportedLanguage, Describe(error, "The language is not supported."))
            : new ProviderException(
                error?.Type == "invalid_request_error" ? Rejected : Failed, Describe(error, "The provider failed while answering."));

    public static ProviderException FromStatus(HttpStatusCode status, ProviderError? error, Exception? cause = null, TimeSpan? retryAfter = null)
    {
        if (error?.Code == UnsupportedLanguage)
        {
            return new ProviderException(UnsupportedLanguage, Describe(error, "The language is not supported."), cause);
        }

        return status switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new ProviderException(Unavailable, Describe(error, $"The provider is not available (status {(int)status})."), cause) { RetryAfter = retryAfter },
            >= HttpStatusCode.InternalServerError =>
                new ProviderException(Failed, Describe(error, $"The provider failed (status {(int)status})."), cause),
            _ => new ProviderException(Rejected, Describe(error, $"The provider refused the request (status {(int)status})."), cause),
        };
    }

    // Retry-After: 3, or Retry-After: Sat, 21 Nov 2026 14:00:00 GMT
    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    // inference-worker's messages name what was wrong, never content; the cap is for a foreign server behind it.
    private static string Describe(ProviderError? error, string otherwise) => error?.Message switch
    {
        null or "" => otherwise,
        { Length: > MaxMessage } message => message[..MaxMessage],
        var message => message,
    };
}
