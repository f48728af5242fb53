using System.Globalization;
using System.Text.Json.Serialization;
using Voice.Inference.Transcription;

namespace Voice.Inference.TranscriptionJobs.Results;

/// <summary>OpenAI's <c>diarized_json</c>: who is who is told by the channel, the first is A.</summary>
internal sealed record DiarizedJson(string Task, double Duration, string Text, IReadOnlyList<DiarizedSegment> Segments, DurationUsage Usage)
{
    public static DiarizedJson From(Transcript transcript) => new(
        "transcribe",
        Math.Round(transcript.Duration, 3),
        string.Join(' ', transcript.Segments.Select(one => one.Segment.Text)),
        [.. transcript.Segments.Select((one, index) => new DiarizedSegment(
            "transcript.text.segment", string.Create(CultureInfo.InvariantCulture, $"seg_{index + 1:000}"), Math.Round(one.Segment.Start, 3), Math.Round(one.Segment.End, 3),
            one.Segment.Text, ((char)('A' + one.Channel)).ToString()))],
        new DurationUsage("duration", (int)Math.Ceiling(transcript.Duration)));
}

internal sealed record DiarizedSegment(string Type, string Id, double Start, double End, string Text, string Speaker);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DiarizedJson))]
internal sealed partial class DiarizedWire : JsonSerializerContext;
