using Voice.Core.Resilience;

namespace Voice.Inference.Providers.Routing;

internal static class ProviderPatience
{
    /// <summary>Who has nobody behind it may take what its own time limit allows; the others are passed over sooner.</summary>
    public static TimeSpan Patience(this ProviderChain chain, int rank, ProviderSettings settings, TimeSpan limit) =>
        rank + 1 < chain.Count && limit < settings.Timeout ? limit : settings.Timeout;
}
