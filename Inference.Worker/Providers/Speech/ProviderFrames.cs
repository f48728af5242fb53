using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Providers.Speech;

/// <summary>Messages and answers of speech services that are JSON.</summary>
internal static class ProviderFrames
{
    /// <exception cref="ProviderException">It is no text, no JSON, or of another shape.</exception>
    public static T Parse<T>(SocketMessage message, JsonTypeInfo<T> type, string who) => message.IsText ? Parse(message.Payload.Span, type, who) : throw Unreadable(who);

    public static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string who)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Unreadable(who);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            // Without the cause: its message may quote what was said.
            throw Unreadable(who);
        }
    }

    public static ProviderException Unreadable(string who) => new("provider_failed", $"What {who} answered could not be read.");
}
