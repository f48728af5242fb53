using System.Text.Json.Serialization;

namespace Voice.Api.Transcripts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TranscriptDocument))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
