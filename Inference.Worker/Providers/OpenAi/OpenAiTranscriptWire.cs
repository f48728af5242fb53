using System.Text.Json.Serialization;

namespace Voice.Inference.Providers.OpenAi;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenAiTranscript))]
[JsonSerializable(typeof(OpenAiTranscriptEvent))]
[JsonSerializable(typeof(OpenAiRealtimeEvent))]
internal sealed partial class OpenAiTranscriptWire : JsonSerializerContext;

/// <summary>Words stand beside the segments at OpenAI's and in them at whisper.cpp's. The duration is a text at vLLM's, and not read.</summary>
internal sealed record OpenAiTranscript(string? Text, IReadOnlyList<OpenAiSegment?>? Segments, IReadOnlyList<OpenAiWord?>? Words);

internal sealed record OpenAiSegment(double? Start, double? End, string? Text, double? AvgLogprob, IReadOnlyList<OpenAiWord?>? Words);

internal sealed record OpenAiWord(string? Word, double? Start, double? End, double? Probability);

/// <summary><c>transcript.text.delta</c>, <c>.segment</c> and <c>.done</c>; <c>choices</c> is vLLM's.</summary>
internal sealed record OpenAiTranscriptEvent(
    string? Type, string? Delta, string? Text, double? Start, double? End, IReadOnlyList<OpenAiTranscriptChoice?>? Choices, OpenAiEventError? Error);

internal sealed record OpenAiTranscriptChoice(OpenAiTranscriptDelta? Delta, string? FinishReason);

internal sealed record OpenAiTranscriptDelta(string? Content);

/// <summary>Of a realtime session of transcription.</summary>
internal sealed record OpenAiRealtimeEvent(string? Type, string? ItemId, string? Delta, string? Transcript, OpenAiEventError? Error);

internal sealed record OpenAiEventError(string? Type, string? Code, string? Message, string? EventId);
