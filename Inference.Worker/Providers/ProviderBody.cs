using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voice.Core.Providers;

namespace Voice.Inference.Providers;

/// <summary>Bodies of providers' answers: bounded in length and in time, every failure a <see cref="ProviderException"/>.</summary>
internal static class ProviderBody
{
    /// <summary>Four hours of speech, every word with its times, are a fraction of it.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    /// <param name="limit">The longest wait between two parts.</param>
    public static async Task<T> ReadJsonAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, string who, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var body = await OpenAsync(response, who, limit, time, cancellationToken);
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancellationToken);
        return Parse(whole.GetBuffer().AsSpan(0, (int)whole.Length), type, who);
    }

    /// <summary>The body as a stream that keeps the bounds.</summary>
    public static async Task<Stream> OpenAsync(HttpResponseMessage response, string who, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken) =>
        new ProviderStream(await response.Content.ReadAsStreamAsync(cancellationToken), who, limit, MaxLength, time);

    /// <summary>Fails for whatever is not this shape.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type, string who)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw Unreadable(who);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Without the cause: its message may quote what was said.
            throw Unreadable(who);
        }
    }

    public static ProviderException Unreadable(string who) => new("provider_failed", $"{who} sent something that could not be read.");
}
