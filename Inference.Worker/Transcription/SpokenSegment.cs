namespace Voice.Inference.Transcription;

/// <param name="Channel">From 0; always 0 where channels were not told apart.</param>
internal sealed record SpokenSegment(TranscribedSegment Segment, int Channel);
