namespace Voice.Gateway.Audit;

/// <summary>The last line of an export: how far the chain goes, signed, so that an export whose end was cut off does not pass.</summary>
internal sealed record AuditHead
{
    public string Type { get; init; } = AuditExport.HeadType;

    public required string OrganizationId { get; init; }

    public required long Sequence { get; init; }

    public required string Hash { get; init; }

    /// <summary>The chain was this long then.</summary>
    public required string At { get; init; }

    public required string KeyId { get; init; }

    /// <summary>ECDSA P-256 with SHA-256 over <see cref="AuditHash.OfHead"/>'s input, r and s one after the other, base64url.</summary>
    public required string Signature { get; init; }

    /// <summary>SubjectPublicKeyInfo in base64url: for the reader's convenience. Trust comes from a key obtained another way.</summary>
    public required string PublicKey { get; init; }
}
