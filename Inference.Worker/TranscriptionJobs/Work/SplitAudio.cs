namespace Voice.Inference.TranscriptionJobs.Work;

internal sealed record SplitAudio(int Channels, TimeSpan Duration, IReadOnlyList<PartRow> Parts);
