namespace Voice.Inference.Providers.Own;

/// <summary>A provider of an organization as it is kept.</summary>
/// <param name="Settings">All but the credential.</param>
internal sealed record OwnProviderRow(
    string OrganizationId, string Name, ProviderSettings Settings, SealedCredential? Credential, long Version, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public string Owner => $"{OrganizationId}/{Name}";
}
