namespace Voice.Core.Providers;

/// <param name="Start">Seconds from the first sample of the utterance.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record TranscribedWord(string Word, double Start, double End, double Confidence);
