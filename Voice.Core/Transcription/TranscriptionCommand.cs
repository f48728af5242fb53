using System.Diagnostics;

namespace Voice.Core.Transcription;

/// <param name="Block">Of <see cref="UtteranceAudio.Pool"/>, shared by the commands of one utterance; the utterance gives it back.</param>
internal readonly record struct TranscriptionCommand(TranscriptionCommandKind Kind, byte[]? Block, int Start, int Length, string? UtteranceId, Activity? Parent);

internal enum TranscriptionCommandKind
{
    Append,
    Commit,
    Clear,

    /// <summary>Go on over another stream, which is told what to expect now.</summary>
    Reopen,
}
