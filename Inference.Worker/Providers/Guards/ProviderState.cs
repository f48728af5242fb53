using System.Collections.Frozen;

namespace Voice.Inference.Providers.Guards;

/// <summary>What is remembered of a provider for as long as its settings stay what they are.</summary>
internal sealed class ProviderState(ProviderSettings settings)
{
    private readonly FrozenDictionary<Capability, ProviderStatistics> _statistics = Enum.GetValues<Capability>().ToFrozenDictionary(capability => capability, _ => new ProviderStatistics());

    public ProviderLimiter Limiter { get; } = new(settings);

    public ProviderStatistics Statistics(Capability capability) => _statistics[capability];
}
