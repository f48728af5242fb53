namespace Voice.Core.Conversations;

/// <param name="Sequence">1 for the first turn of the session.</param>
/// <param name="Confidence">0 to 1; null for typed turns and engines that report none.</param>
/// <param name="Reply">Cut to what was heard, as far as that is known.</param>
/// <param name="LatencyMs">Stage name (see <see cref="Stages"/>) to milliseconds.</param>
public sealed record TurnSummary(
    string Id,
    string ItemId,
    int Sequence,
    string Transcript,
    double? Confidence,
    string Reply,
    string Language,
    IReadOnlyDictionary<string, double> LatencyMs,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt)
{
    public Speculated Speculated { get; init; }
}
