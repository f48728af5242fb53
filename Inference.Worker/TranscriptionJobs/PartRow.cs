namespace Voice.Inference.TranscriptionJobs;

/// <summary>A stretch of one channel, between two pauses. Places are samples at 16 kHz.</summary>
internal readonly record struct PartRow(int Number, int Channel, long FirstSample, int Samples);
