namespace Voice.Inference.Providers.Metering;

/// <summary>What is counted together.</summary>
/// <param name="OrganizationId">Whose request it was.</param>
/// <param name="Own">The provider is the organization's: its service bills the organization itself.</param>
internal sealed record ProviderUseKey(string OrganizationId, string Provider, bool Own, Capability Capability, string Model, DateOnly Day);
