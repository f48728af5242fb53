namespace Voice.Inference.TranscriptionJobs;

/// <summary>What was to be transcribed is no longer there. The message is safe to show.</summary>
internal sealed class SourceGoneException(string message) : Exception(message);
