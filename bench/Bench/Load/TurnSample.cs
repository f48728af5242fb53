namespace Voice.Bench.Load;

/// <param name="VoiceToVoiceMs">From sending the frame with the last sample of voice to receiving the first of the reply.</param>
/// <param name="FromHeardEndMs">The same from where the platform heard the voice end; null where it has not told yet.</param>
internal sealed record TurnSample(double VoiceToVoiceMs, double? FromHeardEndMs);
