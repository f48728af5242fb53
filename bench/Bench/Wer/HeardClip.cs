namespace Voice.Bench.Wer;

/// <param name="Elapsed">From the first audio sent to the final transcript, the audio sent as fast as it is taken.</param>
internal sealed record HeardClip(string Text, double Confidence, TimeSpan Elapsed, double MemoryMegabytes);
