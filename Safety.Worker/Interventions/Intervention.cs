using Voice.ServiceDefaults.Live;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Safety.Interventions;

/// <summary>A finding that was acted on.</summary>
/// <param name="MatchedLayer">One of <see cref="SafetyLayers"/>.</param>
/// <param name="Matched">The normalised words that were found; for review, never for logs.</param>
internal sealed record Intervention(
    string Id,
    string OrganizationId,
    string SessionId,
    string TurnId,
    string Category,
    string Severity,
    string Language,
    string MatchedLayer,
    string Matched,
    string Message,
    IReadOnlyList<LiveResource> Resources,
    DateTimeOffset OccurredAt)
{
    public LiveIntervention AsLive() => new(Id, SessionId, TurnId, Category, Severity, Language, Message, Resources, OccurredAt);

    public InterventionRaised AsRaised() => new(SessionId, OrganizationId, Id, TurnId, Category, Severity, Language, MatchedLayer, Message, OccurredAt);

    public InterventionItem AsItem() => new(Id, TurnId, Category, Severity, Language, MatchedLayer, Message, Resources, OccurredAt);
}
