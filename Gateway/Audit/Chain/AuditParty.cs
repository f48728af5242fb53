namespace Voice.Gateway.Audit;

/// <summary>Who acted, or what was acted on: a kind and an id, never a name or an address of mail.</summary>
internal sealed record AuditParty(string Kind, string Id);
