using System.Text.Json.Serialization;

namespace Voice.Inference.Transcription;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranscriptionJson))]
[JsonSerializable(typeof(VerboseTranscriptionJson))]
[JsonSerializable(typeof(TranscriptDelta))]
[JsonSerializable(typeof(TranscriptDone))]
[JsonSerializable(typeof(StreamError))]
internal sealed partial class TranscriptionWire : JsonSerializerContext;

/// <param name="Confidence">An extension: 0 to 1.</param>
internal sealed record TranscriptionJson(string Text, double? Confidence, DurationUsage Usage);

internal sealed record VerboseTranscriptionJson(
    string Task, string Language, double Duration, string Text, IReadOnlyList<WordJson>? Words, IReadOnlyList<SegmentJson> Segments, DurationUsage Usage);

internal sealed record SegmentJson(int Id, double Start, double End, string Text, double? AvgLogprob, double? Confidence);

internal sealed record WordJson(string Word, double Start, double End, double Confidence);

internal sealed record DurationUsage(string Type, int Seconds);

internal sealed record TranscriptDelta(string Delta)
{
    public string Type => "transcript.text.delta";
}

internal sealed record TranscriptDone(string Text, DurationUsage Usage)
{
    public string Type => "transcript.text.done";
}

internal sealed record StreamError(StreamErrorDetail Error);

internal sealed record StreamErrorDetail(string Message, string Type, string? Code);
