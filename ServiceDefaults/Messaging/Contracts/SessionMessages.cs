namespace Voice.ServiceDefaults.Messaging.Contracts;

/// <summary>What travels on <see cref="Topics.SessionEvents"/>. Messages of one session are delivered in the order they were published.</summary>
public interface ISessionMessage
{
    string SessionId { get; }

    string OrganizationId { get; }
}

/// <summary>A conversation began.</summary>
/// <param name="Mode"><c>agent</c>, <c>interpreter</c> or <c>companion</c>.</param>
public sealed record SessionStarted(
    string SessionId, string OrganizationId, string UserId, string AgentId, string Mode, string Language, DateTimeOffset StartedAt) : ISessionMessage;

/// <summary>A user turn was answered (or ended without an answer: then <see cref="Reply"/> is empty).</summary>
/// <param name="Sequence">1 for the first turn of the session.</param>
/// <param name="Transcript">What the user said, final.</param>
/// <param name="Confidence">0 to 1; null for typed turns and engines that report none.</param>
/// <param name="Reply">What the assistant said, cut to what was played.</param>
/// <param name="LatencyMs">Stage name to milliseconds.</param>
public sealed record TurnCompleted(
    string SessionId, string OrganizationId, string UserId, string AgentId, string Mode, string Language,
    string TurnId, int Sequence, string Transcript, double? Confidence, string Reply,
    IReadOnlyDictionary<string, double> LatencyMs, DateTimeOffset StartedAt, DateTimeOffset CompletedAt) : ISessionMessage;

/// <summary>A conversation is over; transcript and recording are complete in Blob Storage.</summary>
/// <param name="EndReason"><c>client_closed</c>, <c>connection_lost</c>, <c>expired</c>, <c>server_shutdown</c>, <c>server_lost</c> or <c>error</c>.</param>
/// <param name="TranscriptBlob">Name inside the <c>transcripts</c> container, e.g. <c>org_x/sess_y.json</c>.</param>
/// <param name="RecordingBlob">Name inside the <c>recordings</c> container, or null where nothing was recorded.</param>
public sealed record SessionEnded(
    string SessionId, string OrganizationId, string UserId, string AgentId, string Mode, string Language,
    string EndReason, int TurnCount, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string TranscriptBlob, string? RecordingBlob) : ISessionMessage;
