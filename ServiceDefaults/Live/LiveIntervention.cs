namespace Voice.ServiceDefaults.Live;

/// <summary>What Safety.Worker tells a live session.</summary>
/// <param name="Severity"><c>concern</c> or <c>crisis</c>.</param>
/// <param name="Language">Of <paramref name="Message"/> and of the resources' names.</param>
public sealed record LiveIntervention(
    string Id, string SessionId, string? TurnId, string Category, string Severity, string Language, string Message,
    IReadOnlyList<LiveResource> Resources, DateTimeOffset OccurredAt);
