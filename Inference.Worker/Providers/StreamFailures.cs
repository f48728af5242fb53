using System.Net.WebSockets;
using System.Text.Json;
using Voice.Core.Providers;

namespace Voice.Inference.Providers;

/// <summary>What a failure after the headers, within a provider's stream, means to our callers.</summary>
internal static class StreamFailures
{
    /// <summary>Null for what is no failure of the provider's: the caller's own cancellation, a programming error.</summary>
    public static ProviderException? Translate(Exception failure, SilenceLimit silence, string who) => failure switch
    {
        ProviderException => null,
        OperationCanceledException => silence.IsExceeded
            ? new ProviderException("provider_unavailable", $"{who} was silent for {silence.Limit.TotalSeconds:0.#} seconds.", failure)
            : null,
        HttpRequestException or IOException or WebSocketException => new ProviderException("provider_failed", $"The connection to {who} broke off.", failure),
        JsonException or InvalidDataException => new ProviderException("provider_failed", $"What {who} answered could not be read.", failure),
        _ => null,
    };

    /// <summary>An error that came as part of a stream, by the name that OpenAI and Anthropic give it.</summary>
    public static ProviderException FromEvent(string who, string? type, string? code, string? message) => (type, code) switch
    {
        ("invalid_request_error" or "BadRequestError", _) => new("provider_rejected", $"{who} refused the request{Because(message)}"),
        ("rate_limit_error" or "rate_limit_exceeded" or "overloaded_error" or "tokens" or "requests", _) or (_, "rate_limit_exceeded" or "429" or "503" or "server_overloaded") =>
            new("provider_unavailable", $"{who} is overloaded; try again later."),
        ("authentication_error" or "permission_error", _) or (_, "401" or "403" or "invalid_api_key") => new("provider_unavailable", $"{who} refuses the configured key."),
        _ => new("provider_failed", $"{who} failed while it answered."),
    };

    private const int LongestMessage = 300;

    private static string Because(string? message) => message is { Length: > 0 } ? $": {message[..Math.Min(message.Length, LongestMessage)]}" : ".";
}
