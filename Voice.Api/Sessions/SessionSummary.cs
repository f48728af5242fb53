namespace Voice.Api.Sessions;

/// <param name="Status"><c>active</c> or <c>ended</c>.</param>
/// <param name="DurationSeconds">Null while the conversation goes on.</param>
internal sealed record SessionSummary(
    string Id,
    string AgentId,
    string AgentName,
    string Mode,
    string Language,
    string Status,
    string? EndReason,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    double? DurationSeconds,
    int TurnCount)
{
    public static SessionSummary From(SessionRow session) => new(
        session.Id,
        session.AgentId,
        session.AgentName,
        session.Mode,
        session.Language,
        session.Status,
        session.EndReason,
        session.StartedAt,
        session.EndedAt,
        Duration(session),
        session.TurnCount);

    public static double? Duration(SessionRow session) =>
        session.EndedAt is { } endedAt ? Math.Round((endedAt - session.StartedAt).TotalSeconds, 3) : null;
}
