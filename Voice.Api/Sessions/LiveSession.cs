namespace Voice.Api.Sessions;

/// <summary>What is hot about a conversation that is going on: Redis key <c>session:{id}</c>.</summary>
internal sealed record LiveSession(
    string Id,
    string OrganizationId,
    string UserId,
    string AgentId,
    string Mode,
    string Language,
    string Transport,
    DateTimeOffset StartedAt,
    int TurnCount,
    DateTimeOffset? LastTurnAt);
