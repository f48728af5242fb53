using System.Diagnostics;

namespace Voice.Core.Transcription;

/// <param name="Audio">Rented; the receiver gives it back.</param>
internal readonly record struct TranscriptionCommand(TranscriptionCommandKind Kind, byte[]? Audio, int Length, string? UtteranceId, Activity? Parent);

internal enum TranscriptionCommandKind
{
    Append,
    Commit,
    Clear,
}
