using Voice.Api.Recordings;
using Voice.Api.Sessions;

namespace Voice.Api.Transcripts;

/// <summary>The transcript as it lies in Blob Storage; the shape is documented in docs/specs/transcript.md.</summary>
internal sealed record TranscriptDocument(string Schema, TranscriptSession Session, TranscriptRecording? Recording, IReadOnlyList<TranscriptTurn> Turns)
{
    private const string CurrentSchema = "voiceaspire.transcript.v1";

    public static TranscriptDocument From(SessionRow session, IReadOnlyList<TurnRow> turns, string? recordingBlob) => new(
        CurrentSchema,
        new TranscriptSession(
            session.Id,
            session.OrganizationId,
            session.UserId,
            session.AgentId,
            session.AgentName,
            session.Mode,
            session.Language,
            session.TargetLanguage,
            session.Transport,
            session.EndReason,
            session.StartedAt,
            session.EndedAt,
            session.EndedAt is { } endedAt ? Math.Round((endedAt - session.StartedAt).TotalSeconds, 3) : null),
        recordingBlob is null
            ? null
            : new TranscriptRecording(recordingBlob, RecordingFormat.ContentType, RecordingFormat.SampleRate, ["user", "assistant"]),
        [.. turns.Select(turn => new TranscriptTurn(
            turn.Id,
            turn.Sequence,
            turn.Language,
            turn.StartedAt,
            turn.CompletedAt,
            (long)(turn.StartedAt - session.StartedAt).TotalMilliseconds,
            turn.Transcript,
            turn.Confidence,
            turn.Reply,
            turn.LatencyMs))]);
}

internal sealed record TranscriptSession(
    string Id,
    string OrganizationId,
    string UserId,
    string AgentId,
    string AgentName,
    string Mode,
    string Language,
    string? TargetLanguage,
    string Transport,
    string? EndReason,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    double? DurationSeconds);

internal sealed record TranscriptRecording(string Blob, string ContentType, int SampleRate, IReadOnlyList<string> Channels);

internal sealed record TranscriptTurn(
    string Id,
    int Sequence,
    string Language,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt,
    long OffsetMs,
    string Transcript,
    double? Confidence,
    string Reply,
    IReadOnlyDictionary<string, double> LatencyMs);
