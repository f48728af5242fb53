using System.Text.Json;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.Speech;

/// <summary>What services' lists of voices have in common: JSON, with entries that may lack anything.</summary>
internal static class VoiceLists
{
    public const int LongestList = 16 * 1024 * 1024;

    public static async Task<JsonDocument> FetchAsync(
        ProviderHttp http, HttpRequestMessage request, string who, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, who, limit, cancellationToken);
        return Parse(await SpeechStreams.ReadWholeAsync(response, LongestList, who, limit, time, cancellationToken), who);
    }

    public static JsonDocument Parse(ReadOnlyMemory<byte> json, string who)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            throw ProviderBody.Unreadable(who);
        }
    }

    /// <summary>The elements of an array; none where it is something else.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement parent, string? name = null)
    {
        if (name is not null)
        {
            parent = parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var array) ? array : default;
        }

        return parent.ValueKind == JsonValueKind.Array ? parent.EnumerateArray() : [];
    }

    /// <summary>Nothing where there is no such member.</summary>
    public static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    /// <summary>Null where it is no text.</summary>
    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? Plain(value) : null;

    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Plain(value) : null;

    /// <summary>As <see cref="ProviderVoice.Gender"/> has it; services write it in many ways.</summary>
    public static string? Gender(string? text) => text?.ToLowerInvariant() switch
    {
        "female" or "feminine" or "f" => "female",
        "male" or "masculine" or "m" => "male",
        "neutral" or "gender_neutral" or "non-binary" => "neutral",
        _ => null,
    };

    private static string? Plain(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair.
        }
    }
}
