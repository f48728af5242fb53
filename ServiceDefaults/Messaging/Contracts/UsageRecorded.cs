namespace Voice.ServiceDefaults.Messaging.Contracts;

/// <summary>Something was used that is counted, limited and shown.</summary>
/// <param name="SessionId">The conversation, or for a single request an id of its own: what keeps messages in order.</param>
/// <param name="EventId">Unique per event that caused usage and kind; the same event published again counts once.</param>
/// <param name="Subject">The user or key on whose behalf.</param>
/// <param name="Kind">One of <see cref="Usage.UsageKinds"/>.</param>
/// <param name="Reserved">What the gateway took from the bucket in advance; 0 where it did not.</param>
public sealed record UsageRecorded(
    string SessionId, string OrganizationId, string EventId, string Subject, string Kind, decimal Quantity, DateTimeOffset OccurredAt,
    long Reserved) : ISessionMessage;
