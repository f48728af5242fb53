using System.Text.Json.Serialization;

namespace Voice.Inference.Providers.Google;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GoogleTranscript))]
internal sealed partial class GoogleHearingWire : JsonSerializerContext;

/// <summary>Both versions: the first has times, the second offsets; each a text such as <c>1.300s</c>. Nothing heard is an empty object.</summary>
internal sealed record GoogleTranscript(IReadOnlyList<GoogleResult?>? Results);

internal sealed record GoogleResult(IReadOnlyList<GoogleAlternative?>? Alternatives, string? ResultEndTime, string? ResultEndOffset);

internal sealed record GoogleAlternative(string? Transcript, double? Confidence, IReadOnlyList<GoogleWord?>? Words);

internal sealed record GoogleWord(string? Word, string? StartTime, string? EndTime, string? StartOffset, string? EndOffset, double? Confidence);
