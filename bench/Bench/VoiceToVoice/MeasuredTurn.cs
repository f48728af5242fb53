namespace Voice.Bench.VoiceToVoice;

/// <param name="VoiceToVoiceMs">As the client measured it.</param>
/// <param name="SilenceMs">What the session waits in silence before it takes a turn as over, as the platform says.</param>
/// <param name="Stages">As the platform measured them.</param>
internal sealed record MeasuredTurn(double VoiceToVoiceMs, double SilenceMs, IReadOnlyDictionary<string, double> Stages);
