namespace Voice.Gateway.Audit;

/// <summary>One act as it is exported: a line of the export, and what its hash is taken over. Times and hashes are kept as they are written.</summary>
internal sealed record AuditEntry
{
    public string Type { get; init; } = AuditExport.EntryType;

    public required string OrganizationId { get; init; }

    /// <summary>1 for an organization's first act; without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>RFC 3339 in UTC with six digits of a second, as <see cref="AuditHash.Format"/> writes it.</summary>
    public required string At { get; init; }

    public required AuditParty Actor { get; init; }

    public required string Action { get; init; }

    public required AuditParty? Target { get; init; }

    /// <summary>The address the request came from; null for what the platform does by itself.</summary>
    public required string? Address { get; init; }

    public required string? RequestId { get; init; }

    public required string Result { get; init; }

    public required IReadOnlyDictionary<string, string> Details { get; init; }

    /// <summary>Hash of the entry before; 64 zeros before the first.</summary>
    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }
}
