using System.Text.Json.Serialization;
using Voice.Inference.Transcription;

namespace Voice.Inference.TranscriptionJobs.Results;

/// <summary>The result of a job, as it is kept; every format is made of it.</summary>
internal sealed record Transcript(string Language, double Duration, int Channels, IReadOnlyList<TranscriptSegment> Segments);

/// <param name="Channel">From 0; the only one where the channels were averaged.</param>
internal sealed record TranscriptSegment(int Channel, TranscribedSegment Segment);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Transcript))]
[JsonSerializable(typeof(List<TranscribedSegment>))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
