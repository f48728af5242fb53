using Voice.Core.Providers;

namespace Voice.Inference.Transcription;

/// <summary>A stretch of speech between two pauses. Times are seconds from the start of the file, those of the words as well.</summary>
internal sealed record TranscribedSegment(double Start, double End, string Text, double? Confidence, IReadOnlyList<TranscribedWord> Words);
