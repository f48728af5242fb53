using System.Text.Json;

namespace Voice.Web.Platform;

// What the services answer, as their APIs document it; only what pages show.

public sealed record Listing<T>(IReadOnlyList<T> Data, string? NextCursor);

public sealed record AgentSummary(string Id, string Name, string? Description, string Mode, string Language, string? TargetLanguage, string? Voice);

public sealed record SessionSummary(
    string Id, string AgentId, string? AgentName, string Mode, string Language, string Status, string? EndReason,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double? DurationSeconds, int TurnCount);

public sealed record SessionDetail(
    string Id, string AgentId, string? AgentName, string Mode, string Language, string Status, string? EndReason,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, double? DurationSeconds, int TurnCount,
    IReadOnlyList<SessionTurn>? Turns, bool HasRecording, bool HasTranscript);

public sealed record SessionTurn(
    string Id, int Sequence, string? Transcript, double? Confidence, string? Reply,
    DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, IReadOnlyDictionary<string, double>? LatencyMs);

public sealed record RecordingLink(string Url, DateTimeOffset? ExpiresAt, string? ContentType);

public sealed record InterventionRecord(
    string Id, string? TurnId, string Category, string Severity, string? Language, string? MatchedLayer, string? Message,
    IReadOnlyList<InterventionResource>? Resources, DateTimeOffset OccurredAt);

public sealed record InterventionResource(string Name, string Contact, string? Url);

/// <param name="Summary">Text, or an object whose shape belongs to the exporter.</param>
public sealed record ExportRecord(string Id, string Kind, string? Blob, DateTimeOffset CreatedAt, JsonElement? Summary);
