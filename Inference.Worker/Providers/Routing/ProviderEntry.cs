using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Providers.Routing;

/// <summary>A provider with what is known about it here: whose it is, its settings.</summary>
/// <param name="OrganizationId">Null for the platform's, which all may use.</param>
internal sealed record ProviderEntry(Provider Provider, ProviderSettings Settings, ProviderOrigin Origin, string? OrganizationId = null)
{
    public string Name => Provider.Name;

    /// <summary>Of breakers, limits and measurements: unlike the name, never that of two.</summary>
    public string Key { get; } = OrganizationId is null ? Provider.Name : $"{OrganizationId}/{Provider.Name}";

    public ProviderState State { get; } = new(Settings);

    public bool IsLocal => Settings.Local ?? Provider.IsLocal;

    public ProviderCapability? Can(Capability capability) => Provider.Capabilities.FirstOrDefault(known => known.Capability == capability);

    public ProviderPrice? Price(Capability capability) =>
        Settings.Prices.FirstOrDefault(price => price.Key.Equals(capability.ToString(), StringComparison.OrdinalIgnoreCase)).Value ?? Can(capability)?.Price;
}
