using System.Text.Json.Serialization;
using Voice.Core.Providers;

namespace Voice.Inference.Decoding;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DecoderStart))]
[JsonSerializable(typeof(DecoderResult))]
internal sealed partial class DecoderJson : JsonSerializerContext;

/// <param name="Prompt">Text in the speaker's likely words, for the language model of this call; null for none.</param>
internal sealed record DecoderStart(string? Prompt);

/// <param name="Confidence">0 to 1.</param>
internal sealed record DecoderResult(string Text, double Confidence, IReadOnlyList<TranscribedWord> Words);
