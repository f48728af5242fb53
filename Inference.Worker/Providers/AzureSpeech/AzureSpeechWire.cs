using System.Text.Json.Serialization;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>The live protocol writes its names like .NET, with exceptions that are spelt out.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AzureSpeechPhrase))]
[JsonSerializable(typeof(AzureSpeechContext))]
internal sealed partial class AzureSpeechWire : JsonSerializerContext;

/// <summary><c>speech.hypothesis</c> has <see cref="Text"/>; <c>speech.phrase</c> the others. Times are ticks of 100 ns from the start of the turn.</summary>
internal sealed record AzureSpeechPhrase
{
    public string? RecognitionStatus { get; init; }

    public string? Text { get; init; }

    public string? DisplayText { get; init; }

    public IReadOnlyList<AzureSpeechCandidate?>? NBest { get; init; }

    public long Offset { get; init; }

    public long Duration { get; init; }
}

internal sealed record AzureSpeechCandidate(double? Confidence, string? Display, IReadOnlyList<AzureSpeechWord?>? Words);

internal sealed record AzureSpeechWord(string? Word, long Offset, long Duration, double? Confidence);

/// <summary><c>speech.context</c>.</summary>
internal sealed record AzureSpeechContext(
    [property: JsonPropertyName("phraseDetection")] AzureSpeechDetection Detection,
    [property: JsonPropertyName("phraseOutput")] AzureSpeechOutput Output,
    [property: JsonPropertyName("dgi")] AzureSpeechGrammar? Grammar);

internal sealed record AzureSpeechDetection(
    [property: JsonPropertyName("mode")] string? Mode, [property: JsonPropertyName("language")] string Language);

internal sealed record AzureSpeechOutput([property: JsonPropertyName("format")] string Format);

internal sealed record AzureSpeechGrammar(
    [property: JsonPropertyName("groups")] IReadOnlyList<AzureSpeechGroup> Groups, [property: JsonPropertyName("bias")] double Bias);

internal sealed record AzureSpeechGroup(
    [property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("items")] IReadOnlyList<AzureSpeechItem> Items);

internal sealed record AzureSpeechItem([property: JsonPropertyName("text")] string Text);
