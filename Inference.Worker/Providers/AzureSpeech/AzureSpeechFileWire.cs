using System.Text.Json.Serialization;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>Fast transcription.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AzureSpeechDefinition))]
[JsonSerializable(typeof(AzureSpeechFile))]
internal sealed partial class AzureSpeechFileWire : JsonSerializerContext;

internal sealed record AzureSpeechDefinition(IReadOnlyList<string> Locales, AzureSpeechPhraseList? PhraseList);

internal sealed record AzureSpeechPhraseList(IReadOnlyList<string> Phrases);

internal sealed record AzureSpeechFile(IReadOnlyList<AzureSpeechFilePhrase?>? Phrases);

internal sealed record AzureSpeechFilePhrase(
    double? OffsetMilliseconds, double? DurationMilliseconds, string? Text, IReadOnlyList<AzureSpeechFileWord?>? Words, double? Confidence);

internal sealed record AzureSpeechFileWord(string? Text, double? OffsetMilliseconds, double? DurationMilliseconds);
