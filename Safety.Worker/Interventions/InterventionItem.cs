using Voice.ServiceDefaults.Live;

namespace Voice.Safety.Interventions;

internal sealed record InterventionItem(
    string Id,
    string TurnId,
    string Category,
    string Severity,
    string Language,
    string MatchedLayer,
    string Message,
    IReadOnlyList<LiveResource> Resources,
    DateTimeOffset OccurredAt);

internal sealed record InterventionList(IReadOnlyList<InterventionItem> Data);
