namespace Voice.Api.Sessions;

internal sealed record TurnDetail(
    string Id,
    int Sequence,
    string Language,
    string Transcript,
    double? Confidence,
    string Reply,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt,
    IReadOnlyDictionary<string, double> LatencyMs)
{
    public static TurnDetail From(TurnRow turn) => new(
        turn.Id, turn.Sequence, turn.Language, turn.Transcript, turn.Confidence, turn.Reply, turn.StartedAt, turn.CompletedAt, turn.LatencyMs);
}
