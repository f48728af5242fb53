using System.Text.Json.Serialization;

namespace Voice.Inference.Transcription;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranscriptionJson))]
[JsonSerializable(typeof(VerboseTranscriptionJson))]
[JsonSerializable(typeof(DiarizedJson))]
[JsonSerializable(typeof(DiarizedSegmentJson))]
[JsonSerializable(typeof(TranscriptDelta))]
[JsonSerializable(typeof(TranscriptDone))]
[JsonSerializable(typeof(StreamError))]
internal sealed partial class TranscriptionWire : JsonSerializerContext;

/// <param name="Confidence">An extension: 0 to 1.</param>
internal sealed record TranscriptionJson(string Text, double? Confidence, DurationUsage Usage, IReadOnlyList<LogProbJson>? Logprobs = null);

internal sealed record LogProbJson(string Token, double Logprob, IReadOnlyList<int> Bytes);

internal sealed record DiarizedJson(string Task, double Duration, string Text, IReadOnlyList<DiarizedSegmentJson> Segments, DurationUsage Usage);

internal sealed record DiarizedSegmentJson(string Id, double Start, double End, string Text, string Speaker)
{
    public string Type => "transcript.text.segment";
}

internal sealed record VerboseTranscriptionJson(
    string Task, string Language, double Duration, string Text, IReadOnlyList<WordJson>? Words, IReadOnlyList<SegmentJson> Segments, DurationUsage Usage);

internal sealed record SegmentJson(int Id, int Seek, double Start, double End, string Text, double? AvgLogprob, double? Confidence);

internal sealed record WordJson(string Word, double Start, double End, double Confidence);

internal sealed record DurationUsage(string Type, int Seconds);

internal sealed record TranscriptDelta(string Delta, IReadOnlyList<LogProbJson>? Logprobs = null, string? SegmentId = null)
{
    public string Type => "transcript.text.delta";
}

internal sealed record TranscriptDone(string Text, DurationUsage Usage, IReadOnlyList<LogProbJson>? Logprobs = null)
{
    public string Type => "transcript.text.done";
}

internal sealed record StreamError(StreamErrorDetail Error);

internal sealed record StreamErrorDetail(string Message, string Type, string? Code);
