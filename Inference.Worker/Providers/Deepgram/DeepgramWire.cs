using System.Text.Json.Serialization;

namespace Voice.Inference.Providers.Deepgram;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeepgramMessage))]
[JsonSerializable(typeof(DeepgramFile))]
internal sealed partial class DeepgramWire : JsonSerializerContext;

/// <summary><c>Results</c> of <c>v1/listen</c>, <c>TurnInfo</c> of <c>v2/listen</c>, <c>Error</c> of both; of the others only the type.</summary>
internal sealed record DeepgramMessage(string? Type)
{
    public double? Start { get; init; }

    public double? Duration { get; init; }

    public bool IsFinal { get; init; }

    public bool FromFinalize { get; init; }

    public DeepgramChannel? Channel { get; init; }

    public string? Event { get; init; }

    public double? AudioWindowStart { get; init; }

    public double? AudioWindowEnd { get; init; }

    public string? Transcript { get; init; }

    public IReadOnlyList<DeepgramWord?>? Words { get; init; }

    public string? Code { get; init; }
}

internal sealed record DeepgramChannel(IReadOnlyList<DeepgramAlternative?>? Alternatives);

internal sealed record DeepgramAlternative(string? Transcript, double? Confidence, IReadOnlyList<DeepgramWord?>? Words);

internal sealed record DeepgramWord(string? Word, double? Start, double? End, double? Confidence, string? PunctuatedWord);

internal sealed record DeepgramFile(DeepgramFileResults? Results);

internal sealed record DeepgramFileResults(IReadOnlyList<DeepgramChannel?>? Channels, IReadOnlyList<DeepgramUtterance?>? Utterances);

internal sealed record DeepgramUtterance(double? Start, double? End, double? Confidence, string? Transcript, IReadOnlyList<DeepgramWord?>? Words);
