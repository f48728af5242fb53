using System.Text.Json;

namespace Voice.Inference.Speech;

/// <param name="Voice">A name, or an object with an <c>id</c>.</param>
/// <param name="InputFormat">An extension: <c>text</c>, or <c>ssml</c>.</param>
internal sealed record SpeechBody(
    string? Model, string? Input, JsonElement? Voice, string? ResponseFormat, double? Speed, string? StreamFormat, string? Language, string? Instructions, string? InputFormat)
{
    public string? VoiceName => Voice switch
    {
        { ValueKind: JsonValueKind.String } name => name.GetString(),
        { ValueKind: JsonValueKind.Object } voice when voice.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => null,
    };
}
