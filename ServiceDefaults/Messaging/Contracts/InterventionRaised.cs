namespace Voice.ServiceDefaults.Messaging.Contracts;

/// <summary>Safety.Worker acted on what was said in a turn. May come after the session's end.</summary>
/// <param name="Severity"><c>concern</c> or <c>crisis</c>.</param>
/// <param name="MatchedLayer">What found it, e.g. <c>lexicon</c>.</param>
public sealed record InterventionRaised(
    string SessionId, string OrganizationId, string InterventionId, string TurnId, string Category, string Severity, string Language,
    string MatchedLayer, string Message, DateTimeOffset OccurredAt) : ISessionMessage;
