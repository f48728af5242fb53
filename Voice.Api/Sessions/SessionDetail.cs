namespace Voice.Api.Sessions;

internal sealed record SessionDetail(
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
    int TurnCount,
    string? TargetLanguage,
    string UserId,
    string Transport,
    bool HasRecording,
    bool HasTranscript,
    int AgentVersion,
    IReadOnlyList<TurnDetail> Turns)
{
    public static SessionDetail From(SessionRow session, IReadOnlyList<TurnRow> turns) => new(
        session.Id,
        session.AgentId,
        session.AgentName,
        session.Mode,
        session.Language,
        session.Status,
        session.EndReason,
        session.StartedAt,
        session.EndedAt,
        SessionSummary.Duration(session),
        session.TurnCount,
        session.TargetLanguage,
        session.UserId,
        session.Transport,
        session.RecordingBlob is not null,
        session.TranscriptBlob is not null,
        session.AgentVersion,
        [.. turns.Select(TurnDetail.From)]);
}
