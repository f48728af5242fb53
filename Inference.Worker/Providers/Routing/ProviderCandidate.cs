namespace Voice.Inference.Providers.Routing;

/// <summary>One who may answer a request, and with which model; null for the provider's own default.</summary>
internal sealed record ProviderCandidate(ProviderEntry Entry, Capability Capability, string? Model)
{
    /// <summary>For answers, that name a model.</summary>
    public string Name => Model ?? Entry.Settings.Model ?? Entry.Can(Capability)?.Models.FirstOrDefault() ?? Entry.Name;

    /// <summary>Of an organization's provider the name is its own, and labels of metrics must be few.</summary>
    public string Label => Entry.OrganizationId is null ? Entry.Name : "own";
}
