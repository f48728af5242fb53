using Voice.Inference.Providers.Routing;
using Voice.ServiceDefaults.Identity;

namespace Voice.Inference.Providers.Metering;

/// <summary>Adds up what calls of providers used until somebody takes it away to where it is kept. As large as there are providers and callers in a moment. Thread-safe.</summary>
internal sealed class ProviderMeter(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Dictionary<ProviderUseKey, ProviderUse> _uses = [];

    public void Add(ProviderCandidate candidate, string? organizationId, ProviderUse use)
    {
        var key = new ProviderUseKey(
            organizationId ?? CurrentCaller.PlatformOrganization, candidate.Entry.Name, candidate.Entry.OrganizationId is not null, candidate.Capability, candidate.Name,
            DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        Add(key, use.At(candidate.Entry.Price(candidate.Capability)));
    }

    /// <summary>Also what could not be kept and comes back.</summary>
    public void Add(ProviderUseKey key, ProviderUse use)
    {
        lock (_gate)
        {
            _uses[key] = _uses.TryGetValue(key, out var before) ? before + use : use;
        }
    }

    public IReadOnlyDictionary<ProviderUseKey, ProviderUse> Take()
    {
        lock (_gate)
        {
            var taken = _uses;
            _uses = [];
            return taken;
        }
    }
}
