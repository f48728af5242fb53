namespace Voice.Api.Sessions;

/// <summary>One finished user turn and its answer.</summary>
/// <param name="Sequence">1 for the first turn of the session.</param>
/// <param name="Confidence">0 to 1; null for typed turns and engines that report none.</param>
/// <param name="Reply">What was said in answer, cut to what was played; empty for none.</param>
/// <param name="LatencyMs">Stage name to milliseconds.</param>
internal sealed record TurnRecord(
    string Id,
    int Sequence,
    string Transcript,
    double? Confidence,
    string Reply,
    string Language,
    IReadOnlyDictionary<string, double> LatencyMs,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt);
