namespace Voice.Api.Replay;

/// <param name="Model"><c>recorded</c> or <c>live</c>.</param>
/// <param name="Complete">The log reaches to the session's end.</param>
/// <param name="Identical">The same turns, with the same words on both sides.</param>
internal sealed record ReplayReport(
    string SessionId, string AgentId, int RecordedVersion, int AgentVersion, string Model, bool Complete, bool Identical, double DurationSeconds, IReadOnlyList<ReplayedTurn> Turns);

/// <param name="Recorded">Null for a turn that there was not.</param>
/// <param name="Replayed">Null for a turn that there is no more.</param>
internal sealed record ReplayedTurn(int Sequence, TurnSide? Recorded, TurnSide? Replayed, bool SameTranscript, bool SameReply);

internal sealed record TurnSide(string Transcript, string Reply, IReadOnlyDictionary<string, double> LatencyMs);
